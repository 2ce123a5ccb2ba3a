import assert from "node:assert/strict";
import { test } from "node:test";
import { claimProblems, filled } from "./claims.ts";

test("empty rows are left out, and keys lose the space around them", () => {
  assert.deepEqual(filled([{ key: " team ", value: " a" }, { key: "", value: "" }]), [{ key: "team", value: " a" }]);
});

test("a claim needs both halves, and a key of its own", () => {
  const rows = [
    { key: "team", value: "harbour" },
    { key: "team ", value: "pier" },
    { key: "", value: "x" },
    { key: "floor", value: "" },
    { key: "", value: "" },
  ];
  assert.deepEqual(
    claimProblems(rows).map(({ row, part }) => [row, part]),
    [[1, "key"], [2, "key"], [3, "value"]],
  );
});

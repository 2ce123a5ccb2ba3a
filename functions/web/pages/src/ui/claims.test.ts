import assert from "node:assert/strict";
import { test } from "node:test";
import { claimProblems, claimsOver, filled } from "./claims.ts";

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

test("claims that somebody else saved meanwhile stay, but for those that were changed here", () => {
  const claim = (key: string, value: string) => ({ key, value });
  const saved = [claim("team", "harbour"), claim("floor", "2"), claim("desk", "7")];
  const theirs = [claim("team", "pier"), claim("floor", "3"), claim("desk", "7"), claim("badge", "1")];
  assert.deepEqual(claimsOver(theirs, saved, saved), theirs);
  assert.deepEqual(claimsOver(theirs, saved, [claim("team", "harbour"), claim("floor", "4"), claim("", "")]), [
    claim("team", "pier"),
    claim("badge", "1"),
    claim("floor", "4"),
  ]);
});

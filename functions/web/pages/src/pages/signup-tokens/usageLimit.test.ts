import assert from "node:assert/strict";
import { test } from "node:test";
import { readUsageLimit } from "./usageLimit.ts";

test("one to a hundred uses, and more only when that is meant", () => {
  assert.deepEqual(["1", " 7 ", "100"].map((typed) => readUsageLimit(typed, false)), [1, 7, 100]);
  assert.deepEqual(["0", "101", "", "-1", "1.5", "1e2", "seven"].map((typed) => readUsageLimit(typed, false)), Array(7).fill(undefined));
  assert.deepEqual(["1", "101", "10000", "10001"].map((typed) => readUsageLimit(typed, true)), [1, 101, 10_000, undefined]);
});

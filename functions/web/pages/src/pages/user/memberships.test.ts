import assert from "node:assert/strict";
import { test } from "node:test";
import { changedAlike } from "./memberships.ts";

test("groups that somebody else added or took out meanwhile stay so", () => {
  assert.deepEqual(changedAlike(["crew", "pier"], ["crew", "watch"], ["crew", "watch", "gate"]), ["crew", "pier", "gate"]);
  assert.deepEqual(changedAlike(["crew", "watch", "pier"], ["crew", "watch"], ["crew"]), ["crew", "pier"]);
});

test("what both did is done once", () => {
  assert.deepEqual(changedAlike(["gate"], ["crew"], ["gate"]), ["gate"]);
});

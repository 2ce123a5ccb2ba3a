import assert from "node:assert/strict";
import { test } from "node:test";
import { reasonOf } from "./failure.ts";

test("each refusal of a browser has a reason that people understand", () => {
  assert.equal(reasonOf("NotAllowedError"), "cancelled");
  assert.equal(reasonOf("InvalidStateError"), "alreadyRegistered");
  assert.equal(reasonOf("SecurityError"), "wrongAddress");
  assert.equal(reasonOf("ConstraintError"), "unsupportedDevice");
  assert.equal(reasonOf("TypeError"), "unknown");
});

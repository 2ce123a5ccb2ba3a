import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../api/errors.ts";
import { PasskeyFailure } from "../passkey/failure.ts";
import { describe, describeInLine, fieldErrors } from "./describe.ts";

test("what the API says is shown word for word", () => {
  assert.equal(describeInLine(new ApiError(403, { error: "You are not allowed to do this" })), "You are not allowed to do this");
});

test("a server's failure names its request", () => {
  const error = new ApiError(500, { error: "Something went wrong", code: "internal_error", request_id: "4f2a" });
  assert.match(describeInLine(error), /^Something went wrong\. .*4f2a$/);
});

test("a limit says how long to wait", () => {
  const error = new ApiError(429, { error: "Too many requests", code: "rate_limited" }, "300");
  assert.equal(describeInLine(error), "Too many requests. Try again in 5 minutes.");
});

test("an unreachable server and a bug have words too", () => {
  assert.match(describeInLine(new ApiError(0, undefined)), /can't be reached/);
  assert.equal(describeInLine(new TypeError("x is not a function")), "Something went wrong");
});

test("a passkey's failure says what to do next", () => {
  const { title, next } = describe(new PasskeyFailure("alreadyRegistered", "registration"));
  assert.match(title, /already has a passkey/);
  assert.ok(next);
});

test("problems of fields are found by the field's name", () => {
  const error = new ApiError(409, { error: "Username is already in use", details: { property: "username" } });
  assert.deepEqual(fieldErrors(error), { username: "Username is already in use" });
  assert.deepEqual(fieldErrors(new Error("x")), {});
});

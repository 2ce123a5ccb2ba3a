import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, isApiError } from "./errors.ts";
import { listParameters } from "./list.ts";

test("the envelope is read as the contract writes it", () => {
  const fields = [{ field: "username", code: "required", message: "Username is required" }];
  const error = new ApiError(400, {
    error: "Username is required",
    code: "validation_failed",
    details: { fields },
    request_id: "0b0e",
  });
  assert.equal(error.message, "Username is required");
  assert.equal(error.requestId, "0b0e");
  assert.deepEqual(error.fields, fields);
  assert.ok(isApiError(error, "validation_failed"));
});

test("a property already in use becomes a problem of that field", () => {
  const error = new ApiError(409, {
    error: "Email is already in use",
    code: "already_in_use",
    details: { property: "email" },
  });
  assert.deepEqual(error.fields, [{ field: "email", code: "already_in_use", message: "Email is already in use" }]);
});

test("a body that is no envelope leaves everything empty", () => {
  for (const body of [undefined, null, "<html>", 7, [], { error: 3, details: { fields: "x" } }]) {
    const error = new ApiError(502, body);
    assert.equal(error.message, "");
    assert.equal(error.code, "");
    assert.deepEqual(error.fields, []);
  }
});

test("Retry-After is whole seconds or nothing", () => {
  assert.equal(new ApiError(429, {}, "12").retryAfter, 12);
  for (const header of [null, undefined, "", "0", "-3", "soon"]) {
    assert.equal(new ApiError(429, {}, header).retryAfter, undefined);
  }
});

test("list parameters have the contract's names", () => {
  const query = { page: 2, limit: 20, sort: "username", direction: "desc", search: "a&b" } as const;
  assert.equal(
    decodeURIComponent(listParameters(query)),
    "?pagination[page]=2&pagination[limit]=20&sort[column]=username&sort[direction]=desc&search=a&b",
  );
  assert.equal(listParameters({}), "");
});

test("a cursor goes before a page, and empty filters are left out", () => {
  const query = { page: 2, cursor: "c1", filters: { isAdmin: "true", userGroupId: "" } };
  assert.equal(decodeURIComponent(listParameters(query)), "?pagination[cursor]=c1&filters[isAdmin]=true");
});

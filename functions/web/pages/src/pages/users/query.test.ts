import assert from "node:assert/strict";
import { test } from "node:test";
import { readQuery, sortBy, writeQuery } from "./query.ts";

test("without parameters the newest users come first", () => {
  const query = readQuery("");
  assert.deepEqual(query, { limit: 20, page: 1, search: "", sort: "createdAt", direction: "desc" });
  assert.equal(writeQuery(query), "");
});

test("what is written is read back", () => {
  const query = { limit: 20, page: 3, search: "a & b", sort: "username", direction: "desc" } as const;
  assert.deepEqual(readQuery(writeQuery(query)), query);
});

test("nonsense in the address is left out", () => {
  const query = readQuery("?page=-2&sort=passwordHash&direction=up");
  assert.equal(query.page, 1);
  assert.equal(query.sort, "createdAt");
});

test("a second press on a column turns its order round", () => {
  const first = sortBy(readQuery("?page=4"), "email");
  assert.deepEqual([first.page, first.sort, first.direction], [1, "email", "asc"]);
  assert.equal(sortBy(first, "email").direction, "desc");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, fromStart, readQuery, sortBy, writeQuery } from "./query.ts";

test("without parameters the newest users come first", () => {
  const query = readQuery("");
  assert.deepEqual(query, { limit: 20, page: 1, search: "", sort: "createdAt", direction: "desc", cursor: undefined, filters: {} });
  assert.equal(writeQuery(query), "");
});

test("what is written is read back", () => {
  const filters = { isAdmin: "true", hasPasskey: "false", userGroupId: "g1" };
  const query = { limit: 20, page: 3, search: "a & b", sort: "username", direction: "desc", cursor: "c", filters } as const;
  assert.deepEqual(readQuery(writeQuery(query)), query);
  assert.equal(countOf(readQuery(writeQuery(query)).filters), 3);
});

test("nonsense in the address is left out", () => {
  const query = readQuery("?page=-2&sort=passwordHash&direction=up&isAdmin=maybe&shoeSize=43");
  assert.equal(query.page, 1);
  assert.equal(query.sort, "createdAt");
  assert.deepEqual(query.filters, {});
});

test("a second press on a column turns its order round", () => {
  const first = sortBy(readQuery("?page=4"), "email");
  assert.deepEqual([first.page, first.sort, first.direction], [1, "email", "asc"]);
  assert.equal(sortBy(first, "email").direction, "desc");
});

test("another search begins on the first page", () => {
  const query = fromStart(readQuery("?page=4&cursor=c&isAdmin=true"), { search: "x" });
  assert.equal(writeQuery(query), "?search=x&isAdmin=true");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { listAddress, sortBy } from "./listAddress.ts";

const address = listAddress(["name", "createdAt"], { sort: "name", direction: "asc" });

test("the order that a list has by itself is not in the address", () => {
  const query = address.read("");
  assert.deepEqual(query, { limit: 20, page: 1, search: "", sort: "name", direction: "asc" });
  assert.equal(address.write(query), "");
});

test("what is written is read back", () => {
  const query = { limit: 20, page: 3, search: "a & b", sort: "createdAt", direction: "desc" } as const;
  assert.deepEqual(address.read(address.write(query)), query);
  const turned = sortBy(address.read(""), "name");
  assert.deepEqual(address.read(address.write(turned)), turned);
});

test("nonsense in the address is left out", () => {
  const query = address.read("?page=-2&sort=passwordHash&direction=up");
  assert.deepEqual([query.page, query.sort, query.direction], [1, "name", "asc"]);
});

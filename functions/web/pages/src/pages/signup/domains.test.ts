import assert from "node:assert/strict";
import { test } from "node:test";
import { listDomains } from "./domains.ts";

test("the domains are told, and of many the first ones", () => {
  assert.equal(listDomains([]), undefined);
  assert.equal(listDomains(["a.example"]), "An address at a.example.");
  assert.equal(listDomains(["a.example", "b.example"]), "An address at a.example or b.example.");
  assert.equal(listDomains(["a.example", "b.example", "c.example", "d.example", "e.example"]), "An address at a.example, b.example, c.example, or one of 2 others.");
});

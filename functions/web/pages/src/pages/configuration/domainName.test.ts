import assert from "node:assert/strict";
import { test } from "node:test";
import { readDomain, splitDomains } from "./domainName.ts";

test("a domain is kept as DNS compares it", () => {
  assert.equal(readDomain(" Harbour.Example "), "harbour.example");
  assert.equal(readDomain("@quay.harbour.example"), "quay.harbour.example");
  assert.equal(readDomain("ada@harbour.example"), "harbour.example");
  assert.equal(readDomain("harbour.example."), "harbour.example");
  assert.equal(readDomain("bücher.example"), "xn--bcher-kva.example");
});

test("what is no domain is none", () => {
  for (const typed of ["", "harbour", "localhost", "*.example", "a..example", "-a.example", "a.example/path", "a.example:443", "10.0.0.1", "a_b.example", "[::1]"]) {
    assert.equal(readDomain(typed), undefined, typed);
  }
});

test("several can be pasted at once", () => {
  assert.deepEqual(splitDomains("a.example, b.example;c.example\n d.example"), ["a.example", "b.example", "c.example", "d.example"]);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { readOneTimeCode } from "./code.ts";

test("a link and its code say the same", () => {
  for (const pasted of ["Ab3-_xYz09", " Ab3-_xYz09\n", "https://id.example/lc/Ab3-_xYz09", "http://localhost:8787/lc/Ab3-_xYz09?redirect=%2F", "id.example/lc/Ab3-_xYz09/"]) {
    assert.equal(readOneTimeCode(pasted), "Ab3-_xYz09", pasted);
  }
});

test("anything else is no code", () => {
  for (const pasted of ["", "   ", "abc", "hello there", "https://id.example/login", "<script>", "a".repeat(300)]) {
    assert.equal(readOneTimeCode(pasted), undefined, pasted);
  }
});

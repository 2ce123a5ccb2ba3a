import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode } from "./base64url.ts";

const bytes = (...values: number[]) => Uint8Array.from(values).buffer;

test("bytes are written without padding in the URL-safe alphabet", () => {
  assert.equal(encode(bytes(0xfb, 0xff, 0xfe)), "-__-");
  assert.equal(encode(bytes(0x66)), "Zg");
  assert.equal(encode(bytes()), "");
});

test("what is written is read back, padded or not", () => {
  for (let length = 0; length < 70; length += 1) {
    const given = Uint8Array.from({ length }, (_, index) => (index * 37) % 256);
    assert.deepEqual(new Uint8Array(decode(encode(given.buffer))), given);
  }
  assert.deepEqual(new Uint8Array(decode("Zg==")), Uint8Array.of(0x66));
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { readShortCode, spelled } from "./shortCode.ts";

test("a code is read however it was typed", () => {
  for (const typed of ["28T5-CY4G", "28t5cy4g", " 28T5 CY4G\n", "2-8-T-5-C-Y-4-G"]) {
    assert.equal(readShortCode(typed), "28T5-CY4G", typed);
  }
  assert.equal(readShortCode("OoIi-Ll00"), "0011-1100");
});

test("anything else is no code", () => {
  for (const typed of ["", "28T5-CY4", "28T5-CY4GG", "28T5-CY4U", "28T5_CY4G", "28T5-CY4Ä", "２8T5CY4G"]) {
    assert.equal(readShortCode(typed), undefined, typed);
  }
});

test("a screen reader spells it", () => {
  assert.equal(spelled("28T5-CY4G"), "2 8 T 5 C Y 4 G");
});

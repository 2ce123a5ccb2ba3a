import assert from "node:assert/strict";
import { test } from "node:test";
import { nameFrom } from "./name.ts";

test("a name is made of letters and digits, in any script", () => {
  assert.equal(nameFrom("Harbour Pilots (night)"), "harbour_pilots_night");
  assert.equal(nameFrom("  Équipe  n° 7 "), "equipe_n_7");
  assert.equal(nameFrom("運用チーム"), "運用チーム");
  assert.equal(nameFrom("!?"), "");
});

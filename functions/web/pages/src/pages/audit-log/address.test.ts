import assert from "node:assert/strict";
import { test } from "node:test";
import { filtersOf, isFiltered, readShown, writeShown } from "./address.ts";

test("what is written is read back, and nonsense is left out", () => {
  const shown = { event: "SIGN_IN", actor: "8", user: "7", from: "2026-11-01", to: "" };
  assert.deepEqual(readShown(writeShown(shown)), shown);
  assert.equal(isFiltered(readShown("?from=yesterday&to=2026-99-99")), false);
});

test("days reach from their first moment to their last", () => {
  const { from, to } = filtersOf({ event: "", actor: "", user: "", from: "2026-11-01", to: "2026-11-01" });
  assert.equal(Date.parse(to) - Date.parse(from), 86_400_000 - 1);
});

test("who did something and whom it is about are asked for apart", () => {
  const { actorID, userID } = filtersOf(readShown("?actor=8&user=7"));
  assert.deepEqual([actorID, userID], ["8", "7"]);
});

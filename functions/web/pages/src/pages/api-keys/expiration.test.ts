import assert from "node:assert/strict";
import { test } from "node:test";
import { dateOf, expiresAt } from "./expiration.ts";

const now = Date.parse("2026-11-22T12:00:00Z");

test("days are counted from now", () => {
  assert.equal(expiresAt("month", "", now), "2026-12-22T12:00:00.000Z");
  assert.equal(expiresAt("year", "", now), "2027-11-22T12:00:00.000Z");
});

test("a date means its end", () => {
  const end = expiresAt("date", "2027-01-31", now);
  assert.equal(dateOf(Date.parse(end ?? "")), "2027-01-31");
  assert.equal(dateOf(Date.parse(end ?? "") + 1000), "2027-02-01");
});

test("no date is no end", () => {
  assert.equal(expiresAt("date", "", now), undefined);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { relative, span } from "./time.ts";

const now = Date.parse("2026-11-22T12:00:00Z");

test("a wait is rounded up", () => {
  assert.equal(span(1), "1 second");
  assert.equal(span(90), "90 seconds");
  assert.equal(span(121), "3 minutes");
  assert.equal(span(2 * 3600 + 1), "3 hours");
  assert.equal(span(7 * 86400), "7 days");
});

test("a point in time is told from now", () => {
  assert.equal(relative("2026-11-22T11:59:40Z", now), "just now");
  assert.equal(relative("2026-11-22T11:55:00Z", now), "5 minutes ago");
  assert.equal(relative("2026-11-22T13:00:00Z", now), "in 1 hour");
  assert.equal(relative("2026-11-22T12:59:58Z", now), "in 1 hour");
  assert.equal(relative("2026-11-23T11:59:58Z", now), "tomorrow");
  assert.equal(relative("2026-11-21T11:00:00Z", now), "yesterday");
  assert.equal(relative("2026-11-29T12:00:00Z", now), "in 7 days");
});

test("what is no time is shown as it is", () => {
  assert.equal(relative("soon", now), "soon");
});

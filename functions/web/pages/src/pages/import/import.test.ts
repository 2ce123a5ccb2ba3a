import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { ImportReport } from "../../api/transfer.ts";
import { columns, formatOf, MAX_BYTES, problemOf } from "./file.ts";
import { changesOf, obstacleTo, rowsOf } from "./report.ts";

const report = (outcomes: ("create" | "update" | "skip" | "error")[]): ImportReport => ({
  dryRun: true,
  summary: { create: 0, update: 0, skip: 0, error: 0, ...Object.fromEntries(outcomes.map((one) => [one, outcomes.filter((other) => other === one).length])) },
  rows: outcomes.map((outcome, index) => ({ row: index + 2, username: `u${index}`, outcome })),
});

test("errors come first, the rest stays in order", () => {
  const mixed = report(["create", "error", "skip", "error"]);
  assert.deepEqual(rowsOf(mixed, "").map(({ row }) => row), [3, 5, 2, 4]);
  assert.deepEqual(rowsOf(mixed, "skip").map(({ row }) => row), [4]);
  assert.equal(changesOf(mixed), 1);
});

test("one error keeps everything out only where that was asked for", () => {
  const mixed = report(["create", "error"]);
  assert.equal(obstacleTo(mixed, { mode: "all", onConflict: "skip" }), "blocked");
  assert.equal(obstacleTo(mixed, { mode: "each", onConflict: "skip" }), undefined);
  assert.equal(obstacleTo(report(["error"]), { mode: "each", onConflict: "skip" }), "onlyErrors");
  assert.equal(obstacleTo(report(["skip"]), { mode: "all", onConflict: "skip" }), "nothing");
});

test("a file is known by its ending", () => {
  assert.equal(formatOf("staff.2026.CSV"), "csv");
  assert.equal(problemOf({ name: "staff.xlsx", size: 10 }), "wrongKind");
  assert.equal(problemOf({ name: "staff.json", size: MAX_BYTES + 1 }), "tooLarge");
  assert.equal(problemOf({ name: "staff.csv", size: 0 }), "empty");
  assert.equal(problemOf({ name: "staff.csv", size: 10 }), undefined);
});

test("the template has the columns that the page names", () => {
  const [head] = readFileSync("public/users-template.csv", "utf8").split(/\r?\n/);
  assert.equal(head, columns.join(","));
});

test("no file is let through that the server finds too large", () => {
  const server = readFileSync("../../transfer/src/lib.rs", "utf8");
  const most = server.match(/MAX_FILE_BYTES: usize = ([\d_]+);/)?.[1]?.replaceAll("_", "");
  assert.equal(MAX_BYTES, Number(most));
});

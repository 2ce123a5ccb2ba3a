import assert from "node:assert/strict";
import { test } from "node:test";
import { changes, facts, inWords } from "./diff.ts";

test("only what differs is a change", () => {
  const data = {
    before: '{"displayName":"Una","email":"una@harbour.example","isAdmin":false}',
    after: '{"displayName":"Una Okafor","email":null,"isAdmin":false}',
    name: "una",
  };
  assert.deepEqual(changes(data), [
    { field: "displayName", before: "Una", after: "Una Okafor" },
    { field: "email", before: "una@harbour.example", after: "" },
  ]);
  assert.deepEqual(facts(data), [["name", "una"]]);
});

test("claims are compared by their keys, members by being there", () => {
  const claims = { before: '[{"key":"floor","value":"1"}]', after: '[{"key":"floor","value":"2"},{"key":"desk","value":"7"}]' };
  assert.deepEqual(changes(claims), [
    { field: "floor", before: "1", after: "2" },
    { field: "desk", before: "", after: "7" },
  ]);
  assert.deepEqual(changes({ before: '["ada"]', after: '["ada","una"]' }), [{ field: "una", before: "", after: "una" }]);
});

test("what is no JSON is compared as it is, and nothing is no change", () => {
  assert.deepEqual(changes({ before: "Phone", after: "Old phone" }), [{ field: "", before: "Phone", after: "Old phone" }]);
  assert.deepEqual(changes({ method: "setup" }), []);
});

test("a renamed passkey is told by its names, counted lists by their number", () => {
  assert.deepEqual(changes({ before: "Phone", passkeyName: "Old phone" }), [{ field: "", before: "Phone", after: "Old phone" }]);
  const data = { usersAdded: '["7"]', usersAddedCount: "1", usersRemoved: "[]", usersRemovedCount: "0" };
  assert.deepEqual(facts(data), [["usersAdded", "1"]]);
});

test("a sync tells each field by itself, and what it counted", () => {
  const data = { ldapRun: "r1", action: "update", changes: '{"email":{"before":null,"after":"una@harbour.example"}}' };
  assert.deepEqual(changes(data), [{ field: "email", before: "", after: "una@harbour.example" }]);
  assert.deepEqual(facts(data), [["action", "update"]]);
  assert.deepEqual(facts({ run: "r1", counts: '{"user.create":12,"membership.add":0}' }), [["user.create", "12"]]);
  assert.equal(inWords("user.create"), "User create");
});

test("names of fields are written as people write", () => {
  assert.equal(inWords("displayName"), "Display name");
  assert.equal(inWords("userID"), "User ID");
  assert.equal(inWords("smtpHost"), "Smtp host");
});

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { AuditEntry } from "../../api/audit.ts";
import { auditText } from "../../text/audit.ts";
import { sentence } from "./words.ts";

const entry = (event: string, more: Partial<AuditEntry> = {}): AuditEntry => ({
  id: "1",
  createdAt: "2026-11-22T12:00:00Z",
  event,
  ipAddress: null,
  country: null,
  city: null,
  device: null,
  userID: "una",
  username: "Una",
  actorID: "ada",
  actorUsername: "Ada",
  data: null,
  ...more,
});

test("who did what to whom", () => {
  assert.equal(sentence(entry("USER_UPDATED"), undefined), "Ada changed Una's record");
  assert.equal(sentence(entry("USER_UPDATED"), "una"), "Ada changed your record");
  assert.equal(sentence(entry("USER_UPDATED"), "ada"), "You changed Una's record");
});

test("to oneself", () => {
  const self = { actorID: "una", actorUsername: "Una" };
  assert.equal(sentence(entry("USER_UPDATED", self), undefined), "Una changed their own record");
  assert.equal(sentence(entry("USER_UPDATED", self), "una"), "You changed your own record");
  assert.equal(sentence(entry("SIGN_IN", { actorID: null, actorUsername: null }), "una"), "You signed in with a passkey");
});

test("things have names", () => {
  const group = { userID: null, username: null, data: { before: '{"friendlyName":"Pilots","name":"pilots"}' } };
  assert.equal(sentence(entry("USER_GROUP_DELETED", group), undefined), "Ada deleted the group “Pilots”");
  const key = { data: { keyName: "Backup" }, userID: "ada" };
  assert.equal(sentence(entry("API_KEY_CREATED", key), "ada"), "You created the API key “Backup”");
});

test("what nobody did is told of whoever it is about", () => {
  const nobody = { actorID: null, actorUsername: null };
  const sent = entry("EMAIL_SENT", { ...nobody, data: { kind: "newSignIn" } });
  assert.equal(sentence(sent, undefined), "An email about a sign-in from a new device was sent to Una");
  assert.equal(sentence(entry("EMAIL_NOT_SENT", { ...nobody, data: { kind: "later" } }), "una"), "An email could not be sent to you");
  assert.equal(sentence(entry("ONE_TIME_LINK_REQUESTED", nobody), "una"), "Somebody asked on the sign-in page for a one-time link for you");
});

test("what a sync did by itself is told as its act, what somebody began as theirs", () => {
  const byClock = { actorID: null, actorUsername: null, data: { ldapRun: "r1" } };
  assert.equal(sentence(entry("USER_UPDATED", byClock), undefined), "The LDAP sync changed Una's record");
  assert.equal(sentence(entry("USER_UPDATED", byClock), "una"), "The LDAP sync changed your record");
  assert.equal(sentence(entry("USER_UPDATED", { data: { ldapRun: "r1" } }), undefined), "Ada changed Una's record");
  const picture = { actorID: null, actorUsername: null, data: { by: "directory" } };
  assert.equal(sentence(entry("PROFILE_PICTURE_CHANGED", picture), undefined), "The LDAP sync changed Una's profile picture");
  const group = { userID: null, username: null, actorID: null, actorUsername: null, data: { ldapRun: "r1", name: "pilots" } };
  assert.equal(sentence(entry("USER_GROUP_CREATED", group), undefined), "The LDAP sync created the group “pilots”");
  const nobody = { userID: null, username: null, actorID: null, actorUsername: null };
  assert.equal(sentence(entry("LDAP_SYNCED", nobody), undefined), "The LDAP sync brought users and groups in line with the directory");
});

test("nobody known, and events that come later", () => {
  const nobody = { userID: null, username: null, actorID: null, actorUsername: null };
  assert.equal(sentence(entry("SIGN_IN_FAILED", nobody), undefined), "Somebody tried to sign in with a passkey and was refused");
  assert.equal(sentence(entry("SCIM_SYNCED"), undefined), "Ada: SCIM_SYNCED");
});

test("every event that the store knows has a sentence", () => {
  const store = "../../../shared/store/src/";
  const source = [`${store}audit/mod.rs`, `${store}audit.rs`].find((path) => existsSync(path));
  const events = [...readFileSync(source!, "utf8").matchAll(/=> "([A-Z_]+)"/g)].map(([, event]) => event!);
  assert.ok(events.length > 20);
  assert.deepEqual(events.filter((event) => !auditText.events[event]), []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { LdapAction, LdapChange } from "../../api/ldap.ts";
import { differencesOf } from "./differences.ts";

const change = (action: LdapAction, changes: LdapChange["changes"]): LdapChange => ({
  id: "1",
  kind: "user",
  action,
  ldapId: "7",
  dn: "uid=una,dc=example,dc=com",
  name: "una",
  userId: null,
  changes,
  problem: null,
});

test("fields come in the order of the form, what nobody named yet comes last", () => {
  const changes = { shoeSize: { before: "39", after: "40" }, email: { before: null, after: "una@harbour.example" }, username: { before: "u", after: "una" } };
  assert.deepEqual(differencesOf(change("update", changes)), [
    { field: "Username", before: "u", after: "una" },
    { field: "Email", before: "", after: "una@harbour.example" },
    { field: "shoeSize", before: "39", after: "40" },
  ]);
});

test("what stays empty is no difference", () => {
  assert.deepEqual(differencesOf(change("create", { email: { before: null, after: null }, firstName: { before: null, after: "" } })), []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { fillIn, isUndoable, presetNames, presetValues } from "./presets.ts";
import { ldap, keysOf } from "./sections.ts";

test("a preset fills in every filter and attribute, and leaves the base DN alone", () => {
  const wanted = keysOf(ldap.filters, ldap.userAttributes, ldap.groupAttributes).filter((key) => key !== "ldapBase");
  for (const name of presetNames) assert.deepEqual(Object.keys(presetValues(name)).sort(), [...wanted].sort());
});

test("every filter is balanced", () => {
  for (const name of presetNames) {
    const { ldapUserSearchFilter: users = "", ldapUserGroupSearchFilter: groups = "" } = presetValues(name);
    for (const filter of [users, groups]) assert.equal(filter.split("(").length, filter.split(")").length);
  }
});

test("it tells only what differs, with what was there before", () => {
  const stored: Record<string, string> = { ...presetValues("openLdap"), ldapAttributeUserUsername: "cn" };
  const filled = fillIn("openLdap", (key) => stored[key] ?? "");
  assert.deepEqual(filled.changed, [{ key: "ldapAttributeUserUsername", before: "cn", after: "uid" }]);
});

test("once it is saved there is nothing to undo", () => {
  const filled = fillIn("lldap", () => "");
  assert.equal(isUndoable(filled, {}), true);
  assert.equal(isUndoable(filled, presetValues("lldap") as Record<string, string>), false);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import type { User } from "../../api/users.ts";
import { differ, displayNameOf, draftOf, laidOver, updateOf } from "./draft.ts";

const user = {
  id: "u1",
  username: "tomas",
  email: null,
  emailVerified: true,
  firstName: "Tomás",
  lastName: "Okonkwo",
  displayName: "Tomás Okonkwo",
  isAdmin: true,
  disabled: false,
  locale: "pt-BR",
} as User;

test("a user who was not touched is written as they were", () => {
  const { id, ...rest } = user;
  assert.deepEqual({ ...updateOf(draftOf(user)), id }, { ...rest, id });
  assert.equal(differ(draftOf(user), draftOf(user)), false);
});

test("a display name made of both names follows them, another one stays", () => {
  assert.equal(displayNameOf({ ...draftOf(user), lastName: "Duval" }), "Tomás Duval");
  assert.equal(displayNameOf({ ...draftOf({ ...user, displayName: "Tom" }), lastName: "Duval" }), "Tom");
});

test("a display name made of both names is as long as one may be", () => {
  const names = { firstName: "é".repeat(50), lastName: "𝒶".repeat(50) };
  const made = displayNameOf({ ...draftOf(user), ...names });
  assert.equal(made, `${names.firstName} ${"𝒶".repeat(49)}`);
  assert.equal(draftOf({ ...user, ...names, displayName: made }).ownDisplayName, undefined);
});

test("an emptied address is none, never empty text", () => {
  const draft = { ...draftOf({ ...user, email: "a@b.example" }), email: " ", locale: "" };
  assert.equal(updateOf(draft).email, null);
  assert.equal(updateOf(draft).locale, null);
});

test("a change lies over what somebody else changed meanwhile, and undoes none of it", () => {
  const saved = draftOf(user);
  const meanwhile = { ...user, disabled: true, isAdmin: false, emailVerified: false, lastName: "Duval", displayName: "Tomás Duval" };
  const update = updateOf(laidOver(meanwhile, { ...saved, firstName: "Thomas" }, saved));
  assert.deepEqual(update, { ...updateOf(draftOf(meanwhile)), firstName: "Thomas", displayName: "Thomas Duval" });
});

test("a display name that was emptied of its own is made of both names again", () => {
  const saved = draftOf({ ...user, displayName: "Tom" });
  const draft = laidOver({ ...user, displayName: "Tom", disabled: true }, { ...saved, ownDisplayName: undefined }, saved);
  assert.equal(displayNameOf(draft), "Tomás Okonkwo");
});

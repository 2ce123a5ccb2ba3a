import assert from "node:assert/strict";
import { test } from "node:test";
import type { Run } from "../../api/ldap.ts";
import { countsOf, inShort, isApplicable, listedActions, onOneLine, secondsOf, totalOf, whatItDoes, whatItIs } from "./words.ts";

const none = { read: 0, create: 0, update: 0, enable: 0, disable: 0, delete: 0, conflict: 0 };

const run = (more: Partial<Run> = {}): Run => ({
  id: "1",
  trigger: "schedule",
  startedBy: null,
  startedAt: "2026-11-28T12:00:00Z",
  finishedAt: null,
  state: "planned",
  reason: null,
  failure: null,
  approvedBy: null,
  canApply: true,
  progress: { done: 0, total: 0 },
  users: none,
  groups: none,
  memberships: { add: 0, remove: 0 },
  admins: { grant: 0, revoke: 0 },
  ...more,
});

test("users and groups are counted together, what was read is no change", () => {
  const mixed = run({ users: { ...none, read: 90, create: 2, conflict: 1 }, groups: { ...none, read: 9, create: 3 } });
  assert.equal(countsOf(mixed).create, 5);
  assert.equal(totalOf(mixed), 6);
  assert.deepEqual(inShort(mixed), { users: "2 new, 1 conflict", groups: "3 new" });
  assert.equal(onOneLine(mixed), "Users: 2 new, 1 conflict · Groups: 3 new");
});

test("who would administrate is told, also where nothing else changes", () => {
  const granted = run({ admins: { grant: 2, revoke: 1 } });
  assert.equal(onOneLine(granted), "Administrators: 2 more, 1 fewer");
  assert.deepEqual(listedActions(granted), ["grantAdmin", "revokeAdmin"]);
  assert.equal(isApplicable(granted), true);
});

test("a plan of conflicts alone has nothing to apply", () => {
  assert.equal(isApplicable(run({ users: { ...none, conflict: 2 } })), false);
  assert.equal(isApplicable(run({ users: { ...none, conflict: 2, update: 1 } })), true);
  assert.equal(isApplicable(run({ canApply: false, users: { ...none, update: 1 } })), false);
});

test("a plan is not told as if it had been applied", () => {
  assert.equal(onOneLine(run()), "Nothing would change");
  assert.equal(onOneLine(run({ state: "done" })), "Nothing changed");
});

test("whoever applies a plan reads all its numbers", () => {
  const plan = run({
    users: { ...none, create: 1200, delete: 1 },
    groups: { ...none, update: 2 },
    memberships: { add: 30, remove: 4 },
    admins: { grant: 1, revoke: 2 },
  });
  assert.equal(
    whatItDoes(plan),
    "creates 1,200 users, deletes 1 user, changes 2 groups, adds 30 memberships, removes 4 memberships, makes 1 user an administrator, and takes the privileges of 2 administrators",
  );
  assert.equal(whatItDoes(run({ users: { ...none, conflict: 3 } })), "changes nothing");
});

test("who began it, and how long it took", () => {
  assert.equal(whatItIs(run()), "Scheduled sync");
  assert.equal(whatItIs(run({ trigger: "preview", startedBy: { id: "7", username: "ada" } })), "Preview by ada");
  assert.equal(secondsOf(run()), undefined);
  assert.equal(secondsOf(run({ finishedAt: "2026-11-28T12:00:07Z" })), 7);
});

// A run in words and numbers.

import type { EntryAction, LdapAction, Run } from "../../api/ldap.ts";
import { ldapRunsText as texts } from "../../text/ldapRuns.ts";

/** What becomes of an entry of the directory. */
export const entryActions: readonly EntryAction[] = ["create", "update", "enable", "disable", "delete", "conflict"];

/** How many changes there are of each kind, users and groups together. */
export function countsOf({ users, groups, admins }: Run): Record<LdapAction, number> {
  const inGroups: Partial<Record<EntryAction, number>> = groups;
  const counted = entryActions.map((action) => [action, users[action] + (inGroups[action] ?? 0)] as const);
  const ofEntries = Object.fromEntries(counted) as Record<EntryAction, number>;
  return { ...ofEntries, grantAdmin: admins.grant, revokeAdmin: admins.revoke };
}

/** The kinds that there are. */
export function listedActions(run: Run): LdapAction[] {
  const counts = countsOf(run);
  return ([...entryActions, "grantAdmin", "revokeAdmin"] as const).filter((action) => counts[action] > 0);
}

/** Every change and every conflict. */
export const totalOf = (run: Run): number => Object.values(countsOf(run)).reduce((sum, count) => sum + count, 0);

/** "12 new, 1 conflict" of users and of groups; empty where nothing changes. */
export function inShort(run: Run): { users: string; groups: string } {
  return { users: noted(run.users), groups: noted(run.groups) };
}

function noted(counts: Partial<Record<EntryAction, number>>): string {
  return texts.join(entryActions.flatMap((action) => (counts[action] ? [texts.short[action](counts[action])] : [])));
}

/** Whether there is something to apply: conflicts are left out. */
export const isApplicable = (run: Run): boolean => run.canApply && totalOf(run) > countsOf(run).conflict;

export const hasChanges = (run: Run): boolean => totalOf(run) > 0;

/** The same on one line, with who administrates. */
export function onOneLine(run: Run): string {
  const { users, groups } = inShort(run);
  const { grant, revoke } = run.admins;
  const parts = [
    users && texts.shortUsers(users),
    groups && texts.shortGroups(groups),
    grant + revoke > 0 && texts.counts.admins(grant, revoke),
  ].filter((part) => typeof part === "string" && part !== "");
  if (parts.length > 0) return parts.join(" · ");
  return run.state === "done" ? texts.nothing : texts.nothingPlanned;
}

/** What applying it does: "creates 12 users, deletes 1 user, and changes 2 groups". */
export function whatItDoes(run: Run): string {
  const { users, groups, memberships, admins } = run;
  const parts = [
    ...deeds(users, (action, count) => texts.does[action](texts.what.user(count))),
    ...deeds(groups, (action, count) => texts.does[action](texts.what.group(count))),
    ...further({ ...memberships, ...admins }),
  ];
  return parts.length > 0 ? texts.sentence(parts) : texts.doesNothing;
}

type Deed = keyof typeof texts.does;

function deeds(counts: Partial<Record<Deed, number>>, tell: (action: Deed, count: number) => string): string[] {
  const all = Object.keys(texts.does) as Deed[];
  return all.flatMap((action) => (counts[action] ? [tell(action, counts[action])] : []));
}

function further(counts: Record<keyof typeof texts.doesMore, number>): string[] {
  const all = Object.keys(texts.doesMore) as (keyof typeof texts.doesMore)[];
  return all.flatMap((one) => (counts[one] > 0 ? [texts.doesMore[one](counts[one])] : []));
}

/** "Preview by marguerite". */
export function whatItIs({ trigger, startedBy }: Run): string {
  const what = texts.trigger[trigger];
  return startedBy ? texts.by(what, startedBy.username) : what;
}

/** "Reading the directory: 3,000 of 10,000 entries". */
export function progressOf({ state, progress }: Run): string {
  return texts.sync.busy[state === "applying" ? "applying" : "reading"](progress.done, progress.total);
}

export const isUnderWay = ({ state }: Run): boolean => state === "reading" || state === "applying";

/** Seconds that it took, when it has finished. */
export function secondsOf({ startedAt, finishedAt }: Run): number | undefined {
  const seconds = (Date.parse(finishedAt ?? "") - Date.parse(startedAt)) / 1000;
  return seconds >= 0 ? seconds : undefined;
}

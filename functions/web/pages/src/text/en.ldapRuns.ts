// What administrators read about syncing with a directory: plans, what was done, what stood against it.

import type { AbortReason, ConflictCode, EntryAction, LdapAction, LdapStage, RunState } from "../api/ldap.ts";

const number = new Intl.NumberFormat("en");
const plural = (count: number, one: string, many: string) => `${number.format(count)} ${count === 1 ? one : many}`;
const users = (count: number) => plural(count, "user", "users");
const groups = (count: number) => plural(count, "group", "groups");
const list = new Intl.ListFormat("en");

const states: Record<RunState, string> = {
  reading: "Reading",
  planned: "Planned",
  applying: "Applying",
  done: "Done",
  aborted: "Held back",
  failed: "Failed",
};

/** Several of them, as a short note. */
const short: Record<EntryAction, (count: number) => string> = {
  create: (count) => `${number.format(count)} new`,
  update: (count) => `${number.format(count)} changed`,
  enable: (count) => `${number.format(count)} back`,
  disable: (count) => `${number.format(count)} disabled`,
  delete: (count) => `${number.format(count)} deleted`,
  conflict: (count) => plural(count, "conflict", "conflicts"),
};

/** What an act does to `what`, such as "12 users". */
const does: Record<Exclude<EntryAction, "conflict">, (what: string) => string> = {
  create: (what) => `creates ${what}`,
  update: (what) => `changes ${what}`,
  enable: (what) => `enables ${what} again`,
  disable: (what) => `disables ${what}`,
  delete: (what) => `deletes ${what}`,
};

const stages: Record<Exclude<LdapStage, "settings">, string> = {
  proxy: "LDAP proxy",
  connect: "Directory",
  tls: "Encryption",
  bind: "Bind account",
  search: "Search",
  answer: "Answer",
};

/** What can be done about a failure there. */
const advice: Record<LdapStage, string> = {
  settings: "Complete the settings, save them and try again.",
  proxy: "Check that the LDAP proxy runs and can be reached from where Postern runs, and that LDAP_PROXY_URL and LDAP_PROXY_SECRET are the same on both sides.",
  connect: "The proxy answers but doesn't reach the directory. Check LDAP_URL beside the directory, and that the directory runs.",
  tls: "The proxy doesn't trust the directory's certificate. Check LDAP_URL, START_TLS and CA_FILE beside the directory.",
  bind: "The directory refuses the account that reads it. Check BIND_DN and its password beside the directory.",
  search: "Check the base DN and the filters. The base DN has to lie below one of the proxy's BASE_DNS, and every attribute has to be among those that it may read.",
  answer: "The answer was cut off or contradicts itself, so nothing was changed. Try again. If it goes on, look into the proxy's log.",
};

const reasons: Record<AbortReason, { title: string; next: string }> = {
  emptyAnswer: {
    title: "The directory answered without users, or without groups",
    next: "More often a filter or a right is wrong than a directory is empty. Check the base DN, the search filters of users and groups, and what the proxy's account may read.",
  },
  tooManyRemovals: {
    title: "More would be removed than the settings allow at once",
    next: "Check whether these people are really gone. If they are, apply the plan; if a filter is wrong, correct it and sync again.",
  },
  adminGroupGone: {
    title: "The group of administrators is gone, or has no members any more",
    next: "All its members would lose their privileges. Check Admin Group Name and the groups search filter.",
  },
  lastAdmin: {
    title: "Nobody would be left who can administrate",
    next: "Make somebody an administrator who is not in the directory, or put somebody into the group of administrators there.",
  },
  unidentifiedEntries: {
    title: "Some entries can't be told apart",
    next: "They have no unique identifier, several, or somebody else's. Whoever seems to be gone may be among them. Check the unique identifier attributes by a test of the connection.",
  },
};

const localUser = "Rename or delete the local account, or change it in the directory.";

const conflicts: Record<ConflictCode, { title: (who: string) => string; next: string }> = {
  usernameTaken: { title: (who) => `The username belongs to ${who}`, next: localUser },
  emailTaken: { title: (who) => `The email address belongs to ${who}`, next: "Change the address of one of them, here or in the directory." },
  nameTaken: { title: () => "Another group has this name", next: "Rename or delete the other group, or rename it in the directory." },
  usernameMissing: { title: () => "There is no username", next: "Fill it in in the directory, or choose another Username Attribute." },
  usernameInvalid: { title: () => "The username has characters that are not allowed here", next: "Change it in the directory, or choose another Username Attribute." },
  emailMissing: { title: () => "There is no email address", next: "Fill it in in the directory, or switch off Require Email Address." },
  emailInvalid: { title: () => "The email address is not one", next: "Correct it in the directory." },
  nameMissing: { title: () => "The group has no name", next: "Choose another Group Name Attribute." },
  nameInvalid: { title: () => "The name of the group is too short or too long", next: "Rename it in the directory." },
  identifierShared: { title: () => "Several entries have this unique identifier", next: "Correct it in the directory, or choose another unique identifier attribute." },
  lastAdmin: { title: () => "Nobody else could administrate", next: "Make somebody else an administrator first." },
};

export const enLdapRuns = {
  list: {
    title: "LDAP Sync",
    back: "LDAP settings",
    intro: "What was read from the directory, what it changed, and why something was held back.",
    history: "Run history",
    table: "Runs, the newest first",
    when: "Started",
    what: "What",
    state: "State",
    changes: "Changes",
    emptyTitle: "No runs yet",
    emptyText: "Preview what a sync would change. Nothing is changed by looking.",
    all: "All runs",
    latest: "Latest runs",
  },

  trigger: { schedule: "Scheduled sync", manual: "Sync", preview: "Preview" },
  by: (what: string, who: string) => `${what} by ${who}`,
  states,
  short,
  shortUsers: (what: string) => `Users: ${what}`,
  shortGroups: (what: string) => `Groups: ${what}`,
  join: (parts: string[]) => parts.join(", "),
  sentence: (parts: string[]) => list.format(parts),
  nothing: "Nothing changed",
  nothingPlanned: "Nothing would change",

  sync: {
    title: "Sync",
    intro: "A preview reads the directory and changes nothing. Syncs run by themselves as often as set above.",
    introHere: "A preview reads the directory and changes nothing.",
    off: "Syncs are switched off. A preview works all the same, so that you can look before you switch them on.",
    unsaved: "There are unsaved changes above. Previews and syncs go by the saved settings.",
    preview: "Preview",
    syncNow: "Sync now",
    stop: "The rest goes on by itself when you leave this page.",
    synced: "Directory synced",
    previewed: "Preview finished",
    toPlan: "Look at the plan",
    toRun: "Look at what was done",
    started: "Reading the directory…",
    busy: {
      reading: (done: number, total: number) =>
        total > 0 ? `Reading the directory: ${number.format(done)} of ${plural(total, "entry", "entries")}` : "Reading the directory…",
      applying: (done: number, total: number) =>
        total > 0 ? `Applying: ${number.format(done)} of ${plural(total, "change", "changes")}` : "Applying…",
    },
  },

  run: {
    planTitle: "Sync plan",
    title: "Sync run",
    back: "LDAP Sync",
    started: "Started",
    took: "Took",
    unfinished: "Not finished",
    by: "By",
    schedule: "The schedule",
    approvedBy: "Approved by",
    read: "Read",
    readValue: (userCount: number, groupCount: number) => `${users(userCount)}, ${groups(groupCount)}`,
    going: "This run goes on by itself, and this page follows it.",
    planned: "Nothing has been changed yet. This is what a sync would do.",
    download: "Download CSV",
    apply: "Apply this plan",
    applyHeld: "Apply it all the same",
    applied: "Plan applied",
    applyTitle: "Apply this plan?",
    applyText: (what: string) => `It ${what}. Whoever is disabled or deleted is signed out everywhere at once.`,
    outdated: "This plan can't be applied any more: another run was applied since, or it is too old.",
  },

  counts: {
    caption: "What changes, counted",
    users: "Users",
    groups: "Groups",
    actions: {
      create: "New",
      update: "Changed",
      enable: "Back again",
      disable: "Disabled",
      delete: "Deleted",
      conflict: "Left out by a conflict",
    } as Record<EntryAction, string>,
    none: "–",
    memberships: (add: number, remove: number) => `Memberships: ${number.format(add)} added, ${number.format(remove)} removed`,
    admins: (grant: number, revoke: number) => `Administrators: ${number.format(grant)} more, ${number.format(revoke)} fewer`,
    format: (count: number) => number.format(count),
  },

  changes: {
    title: "Changes",
    table: "Changes, one entry of the directory a row",
    show: "Show",
    all: (count: number) => `All (${number.format(count)})`,
    some: (label: string, count: number) => `${label} (${number.format(count)})`,
    actions: {
      create: "New",
      update: "Changed",
      enable: "Enabled",
      disable: "Disabled",
      delete: "Deleted",
      conflict: "Conflict",
      grantAdmin: "Administrator",
      revokeAdmin: "No administrator",
    } as Record<LdapAction, string>,
    kinds: { user: "User", group: "Group" },
    name: "Name",
    action: "What",
    details: "Details",
    fields: {
      username: "Username",
      email: "Email",
      firstName: "First name",
      lastName: "Last name",
      displayName: "Display name",
      name: "Name",
      members: "Members",
      emailVerified: "Email verified",
    } as Record<string, string>,
    before: "before:",
    after: "after:",
    nothing: "empty",
    gone: "Not in the directory any more",
    back: "In the directory again",
    granted: "In the group of administrators",
    revoked: "Not in the group of administrators",
    shown: (count: number) => `${plural(count, "change", "changes")} shown`,
    shownSome: (count: number, total: number) => `${number.format(count)} of ${plural(total, "change", "changes")} shown`,
    more: "Show more",
    loadingMore: "Loading…",
    emptyAll: "This run changes nothing.",
    emptySome: "No changes of this kind.",
    notKept: "The details of this run are not kept any more.",
    unnamed: "no name",
    conflicts,
    unknownConflict: { title: () => "Something stands against it", next: "Compare the entry of the directory with what is here." },
    somebody: "somebody else",
    tryAgain: "Each sync tries again.",
    find: (who: string) => `Find ${who}`,
  },

  stopped: {
    title: "This sync was held back",
    previewTitle: "A sync would be held back",
    unchanged: "Nothing was changed.",
    would: (what: string) => `The plan ${what}.`,
    reasons,
  },

  failed: {
    title: "The directory could not be read",
    unchanged: "Nothing was changed.",
    partly: "What was applied until then stays; the next sync does the rest.",
    steps: "How far it came",
    stages,
    step: { done: "done", failed: "failed", open: "not reached" },
    said: "What was said:",
    advice,
    missingTitle: "Settings are missing",
    missing: (names: string[]) => `Fill in ${list.format(names)}, and save.`,
    missingProxy: "Postern doesn't know the LDAP proxy: LDAP_PROXY_URL and LDAP_PROXY_SECRET are set where Postern is deployed.",
  },

  what: { user: users, group: groups },
  does,
  doesMore: {
    add: (count: number) => `adds ${plural(count, "membership", "memberships")}`,
    remove: (count: number) => `removes ${plural(count, "membership", "memberships")}`,
    grant: (count: number) => `makes ${plural(count, "user an administrator", "users administrators")}`,
    revoke: (count: number) => `takes the privileges of ${plural(count, "administrator", "administrators")}`,
  },
  doesNothing: "changes nothing",
};

export type LdapRunsCatalogue = typeof enLdapRuns;

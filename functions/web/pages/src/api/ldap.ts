// The sync with a directory: trying it, what it would change, and what it changed.

import { exchange, request, segment } from "./client.ts";
import { listParameters, type Page } from "./list.ts";

/** How far somebody came on the way to the directory. */
export type LdapStage = "settings" | "proxy" | "connect" | "tls" | "bind" | "search" | "answer";

export interface LdapFailure {
  stage: LdapStage;
  message: string;
}

/** How many entries can't be told apart: without, with several, with somebody else's unique identifier. */
export interface Unidentified {
  missing: number;
  ambiguous: number;
  duplicate: number;
}

export interface Samples<T> extends Unidentified {
  total: number;
  samples: T[];
}

export interface UserSample {
  ldapId: string;
  dn: string;
  username: string | null;
  email: string | null;
  firstName: string;
  lastName: string;
  displayName: string;
  hasPicture: boolean;
  /** Why it would be left out. */
  problem: string | null;
}

export interface GroupSample {
  ldapId: string;
  dn: string;
  name: string | null;
  memberCount: number;
  problem: string | null;
}

export interface DirectorySample {
  users: Samples<UserSample>;
  groups: Samples<GroupSample>;
}

export type RunState = "reading" | "planned" | "applying" | "done" | "aborted" | "failed";
export type AbortReason = "emptyAnswer" | "tooManyRemovals" | "adminGroupGone" | "lastAdmin" | "unidentifiedEntries";
export type EntryAction = "create" | "update" | "enable" | "disable" | "delete" | "conflict";
export type LdapAction = EntryAction | "grantAdmin" | "revokeAdmin";

type Person = { id: string; username: string } | null;

export interface Run {
  id: string;
  trigger: "schedule" | "manual" | "preview";
  startedBy: Person;
  startedAt: string;
  finishedAt: string | null;
  state: RunState;
  reason: AbortReason | null;
  failure: LdapFailure | null;
  /** Who had the plan applied that was previewed or held back. */
  approvedBy: Person;
  /** Its plan was not applied, and is still there. */
  canApply: boolean;
  /** Entries while it reads, changes while it applies. */
  progress: { done: number; total: number };
  users: Record<EntryAction | "read", number>;
  groups: Record<Exclude<EntryAction, "enable" | "disable"> | "read", number>;
  memberships: { add: number; remove: number };
  admins: { grant: number; revoke: number };
}

export type ConflictCode =
  | "usernameTaken"
  | "emailTaken"
  | "nameTaken"
  | "usernameMissing"
  | "usernameInvalid"
  | "emailMissing"
  | "emailInvalid"
  | "nameMissing"
  | "nameInvalid"
  | "identifierShared"
  | "lastAdmin";

export interface LdapChange {
  id: string;
  kind: "user" | "group";
  action: LdapAction;
  ldapId: string;
  /** Empty where the entry is gone. */
  dn: string;
  /** The username, or the name of the group. */
  name: string | null;
  userId: string | null;
  /** Only what changes. */
  changes: Record<string, { before: string | null; after: string | null }>;
  /** `with`: who has it already, by username. */
  problem: { code: ConflictCode; with?: string | null } | null;
}

/** What came of asking once: a run may need more than one request. */
export interface Step {
  finished: boolean;
  run: Run | undefined;
}

const RUNS_AT_ONCE = 20;
const CHANGES_AT_ONCE = 50;

export const testLdap = () => request<DirectorySample>("POST", "/application-configuration/test-ldap");

/** Reads the directory and says what a sync would change; with a run, goes on with that one. */
export const previewLdap = (run?: string) => step(`/application-configuration/preview-ldap${named(run)}`);

/** Syncs; with a run, goes on with that one. */
export const syncLdap = (run?: string) => step(`/application-configuration/sync-ldap${named(run)}`);

/** Applies a plan that was previewed or held back. Asked again, it goes on with it. */
export const applyRun = (id: string) => step(`/ldap/runs/${segment(id)}/apply`);

/** The newest first. */
export const listRuns = (page = 1, limit = RUNS_AT_ONCE) =>
  request<Page<Run>>("GET", `/ldap/runs${listParameters({ page, limit })}`);

export const getRun = (id: string) => request<Run>("GET", `/ldap/runs/${segment(id)}`);

export const listChanges = (id: string, action: LdapAction | "", cursor?: string) =>
  request<{ data: LdapChange[]; nextCursor: string | null }>(
    "GET",
    `/ldap/runs/${segment(id)}/changes${listParameters({ limit: CHANGES_AT_ONCE, filters: { action }, cursor })}`,
  );

export const changesFile = (id: string) => `/api/ldap/runs/${segment(id)}/changes.csv`;

const named = (run?: string) => (run ? `?run=${run}` : "");

async function step(path: string): Promise<Step> {
  const response = await exchange("POST", path);
  const run = response.status === 204 ? undefined : ((await response.json()) as Run);
  return { finished: response.status !== 202, run };
}

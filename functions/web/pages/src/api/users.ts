import type { Claim } from "./claims.ts";
import { request, segment } from "./client.ts";
import { ApiError } from "./errors.ts";
import type { UserGroup } from "./groups.ts";
import { listParameters, readOn, type ListQuery, type Page } from "./list.ts";

export interface User {
  id: string;
  username: string;
  email: string | null;
  emailVerified: boolean;
  firstName: string;
  lastName: string;
  displayName: string;
  isAdmin: boolean;
  disabled: boolean;
  /** Signed up where an administrator decides; disabled until then. */
  awaitingApproval: boolean;
  createdAt: string;
  lastSignInAt: string | null;
  passkeyCount: number;
  locale: string | null;
  customClaims: Claim[] | null;
  userGroups: Pick<UserGroup, "id" | "friendlyName" | "name" | "ldapId">[] | null;
  /** Set when a directory manages them. */
  ldapId: string | null;
}

export interface NewUser {
  username: string;
  email: string | null;
  firstName: string;
  lastName: string;
  displayName: string;
  isAdmin: boolean;
  disabled: boolean;
  emailVerified: boolean;
}

/** The signed-in user; a missing session is thrown to the caller. */
export const getMe = () => request<User>("GET", "/users/me", { anonymous: true });

export const listUsers = (query: ListQuery) =>
  readOn(query, (query) => request<Page<User>>("GET", `/users${listParameters(query)}`));

export const getUser = (id: string) => request<User>("GET", `/users/${segment(id)}`);

export const createUser = (user: NewUser) => request<User>("POST", "/users", { body: user });

/** What replaces a user: whatever is left out is lost. */
export interface UserUpdate extends NewUser {
  locale: string | null;
}

/** Answers with the user as they are now; `ignoredFields` names what a directory decides. */
export const updateUser = (id: string, user: UserUpdate) =>
  request<User & { ignoredFields?: string[] }>("PUT", `/users/${segment(id)}`, { body: user });

export const deleteUser = (id: string) => request<void>("DELETE", `/users/${segment(id)}`);

export const setUserGroups = (id: string, userGroupIds: string[]) =>
  request<User>("PUT", `/users/${segment(id)}/user-groups`, { body: { userGroupIds } });

export type BulkAction = "enable" | "disable" | "delete" | "addToGroup";

/** Most users that one request may name. */
export const BULK_LIMIT = 1000;

export interface BulkResult {
  id: string;
  outcome: "done" | "unchanged" | "refused" | "unknown";
  code?: string;
  error?: string;
}

export const changeUsers = async (ids: string[], action: BulkAction, groupId?: string) =>
  (await request<{ results: BulkResult[] }>("POST", "/users/bulk", { body: { ids, action, groupId } })).results;

/** One user only; a refusal is thrown as any other. */
export async function changeUser(id: string, action: "enable" | "disable"): Promise<void> {
  const [result] = await changeUsers([id], action);
  if (result?.outcome === "refused") throw new ApiError(409, { error: result.error, code: result.code });
  if (result?.outcome === "unknown") throw new ApiError(404, { error: result.error, code: "user_not_found" });
}

export const exportPath = (format: "csv" | "json") => `/api/users/export?format=${format}`;

// User groups and who is in them (contract §1.2).

import type { Claim } from "./claims.ts";
import { request, segment } from "./client.ts";
import { listParameters, readOn, type ListQuery, type Page } from "./list.ts";
import type { User } from "./users.ts";

export type { Claim };

export interface UserGroup {
  id: string;
  friendlyName: string;
  name: string;
  customClaims: Claim[] | null;
  /** Only in lists; a single group's members are counted by their list. */
  userCount?: number;
  /** Set when a directory manages it. */
  ldapId: string | null;
  createdAt: string;
}

export interface UserGroupNames {
  friendlyName: string;
  name: string;
}

export const listUserGroups = (query: ListQuery) =>
  request<Page<UserGroup>>("GET", `/user-groups${listParameters(query)}`);

export const getUserGroup = (id: string) => request<UserGroup>("GET", `/user-groups/${segment(id)}`);

export const createUserGroup = (names: UserGroupNames) => request<UserGroup>("POST", "/user-groups", { body: names });

export const updateUserGroup = (id: string, names: UserGroupNames) =>
  request<UserGroup>("PUT", `/user-groups/${segment(id)}`, { body: names });

export const deleteUserGroup = (id: string) => request<void>("DELETE", `/user-groups/${segment(id)}`);

export const listMembers = (id: string, query: ListQuery) =>
  readOn(query, (query) => request<Page<User>>("GET", `/user-groups/${segment(id)}/users${listParameters(query)}`));

export const addMembers = (id: string, userIds: string[]) =>
  request<unknown>("POST", `/user-groups/${segment(id)}/users`, { body: { userIds } });

export const removeMember = (id: string, userId: string) =>
  request<void>("DELETE", `/user-groups/${segment(id)}/users/${segment(userId)}`);

// What the list shows is in the address, so that it can be shared, reloaded
// and gone back to.

import type { ListQuery } from "../../api/list.ts";
import { listAddress, sortBy as sortedBy } from "../../ui/listAddress.ts";

const sortable = ["displayName", "username", "email", "isAdmin", "createdAt"];
const address = listAddress(sortable, { sort: "createdAt", direction: "desc" });

export const flags = ["isAdmin", "disabled", "emailVerified", "hasPasskey", "awaitingApproval", "isLdap"] as const;

export type Flag = (typeof flags)[number];
export type Filters = Readonly<Record<string, string>>;
export type UserQuery = ListQuery & { filters: Filters };

export function readQuery(search: string): UserQuery {
  const parameters = new URLSearchParams(search);
  const filters: Record<string, string> = {};
  for (const flag of flags) {
    const value = parameters.get(flag);
    if (value === "true" || value === "false") filters[flag] = value;
  }
  const group = parameters.get("userGroupId");
  if (group) filters["userGroupId"] = group;
  return { ...address.read(search), cursor: parameters.get("cursor") ?? undefined, filters };
}

export function writeQuery(query: UserQuery): string {
  const parameters = new URLSearchParams(address.write(query));
  for (const [column, value] of Object.entries(query.filters)) {
    if (value) parameters.set(column, value);
  }
  if (query.cursor) parameters.set("cursor", query.cursor);
  const written = parameters.toString();
  return written && `?${written}`;
}

/** The first page of what `change` makes of `query`. */
export function fromStart(query: UserQuery, change: Partial<UserQuery>): UserQuery {
  return { ...query, ...change, page: 1, cursor: undefined };
}

/** A press on a column's heading. */
export const sortBy = (query: UserQuery, column: string) => fromStart(sortedBy(query, column), {});

/** How many columns are filtered by. */
export const countOf = (filters: Filters) => Object.values(filters).filter(Boolean).length;

// What the list shows is in the address, so that it can be shared, reloaded
// and gone back to.

import type { ListQuery } from "../../api/list.ts";

export const sortable = ["displayName", "username", "email", "isAdmin", "createdAt"] as const;

export const PAGE_SIZE = 20;

export function readQuery(search: string): ListQuery {
  const parameters = new URLSearchParams(search);
  const page = Number.parseInt(parameters.get("page") ?? "", 10);
  const sort = sortable.find((column) => column === parameters.get("sort"));
  return {
    limit: PAGE_SIZE,
    page: page > 0 ? page : 1,
    search: parameters.get("search") ?? "",
    sort: sort ?? "createdAt",
    direction: (parameters.get("direction") ?? (sort ? "asc" : "desc")) === "desc" ? "desc" : "asc",
  };
}

export function writeQuery(query: ListQuery): string {
  const parameters = new URLSearchParams();
  if (query.search) parameters.set("search", query.search);
  if (query.sort !== "createdAt" || query.direction !== "desc") {
    parameters.set("sort", query.sort ?? "");
    parameters.set("direction", query.direction ?? "asc");
  }
  if (query.page && query.page > 1) parameters.set("page", String(query.page));
  const written = parameters.toString();
  return written && `?${written}`;
}

/** A press on a column's heading: sort by it, or turn it round. The first page comes back. */
export function sortBy(query: ListQuery, column: string): ListQuery {
  const turned = query.sort === column && query.direction === "asc" ? "desc" : "asc";
  return { ...query, page: 1, sort: column, direction: turned };
}

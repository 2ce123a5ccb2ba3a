// What a list shows is in the address, so that it can be shared, reloaded and
// gone back to.

import type { ListQuery } from "../api/list.ts";

export const PAGE_SIZE = 20;

export interface ListAddress {
  read: (search: string) => ListQuery;
  write: (query: ListQuery) => string;
}

/** The address of a list that can be sorted by `sortable`; `first` is its order when nothing else is asked for. */
export function listAddress(
  sortable: readonly string[],
  first: { sort: string; direction: "asc" | "desc" },
): ListAddress {
  function read(search: string): ListQuery {
    const parameters = new URLSearchParams(search);
    const page = Number.parseInt(parameters.get("page") ?? "", 10);
    const sort = sortable.find((column) => column === parameters.get("sort"));
    const direction = parameters.get("direction") ?? (sort ? "asc" : first.direction);
    return {
      limit: PAGE_SIZE,
      page: page > 0 ? page : 1,
      search: parameters.get("search") ?? "",
      sort: sort ?? first.sort,
      direction: direction === "desc" ? "desc" : "asc",
    };
  }

  function write(query: ListQuery): string {
    const parameters = new URLSearchParams();
    if (query.search) parameters.set("search", query.search);
    if (query.sort !== first.sort || query.direction !== first.direction) {
      parameters.set("sort", query.sort ?? "");
      parameters.set("direction", query.direction ?? "asc");
    }
    if (query.page && query.page > 1) parameters.set("page", String(query.page));
    const written = parameters.toString();
    return written && `?${written}`;
  }

  return { read, write };
}

/** A press on a column's heading: sort by it, or turn it round. The first page comes back. */
export function sortBy<Q extends ListQuery>(query: Q, column: string): Q {
  const turned = query.sort === column && query.direction === "asc" ? "desc" : "asc";
  return { ...query, page: 1, sort: column, direction: turned };
}

// The list envelope and its parameters (contract §0.2).

export interface Page<T> {
  data: T[];
  pagination: {
    totalPages: number;
    totalItems: number;
    currentPage: number;
    itemsPerPage: number;
    /** Not, when counting everything would have taken too long: then there are more than `totalItems`. */
    totalIsExact?: boolean;
  };
  /** Where the next page begins; none on the last one. */
  nextCursor?: string | null;
}

export interface ListQuery {
  page?: number;
  limit?: number;
  sort?: string;
  direction?: "asc" | "desc";
  search?: string;
  /** Where a page begins, as the one before it said; goes before `page`. */
  cursor?: string | undefined;
  /** A value a column; empty ones filter nothing. */
  filters?: Readonly<Record<string, string>>;
}

export function listParameters(query: ListQuery): string {
  const parameters = new URLSearchParams();
  if (query.cursor) parameters.set("pagination[cursor]", query.cursor);
  else if (query.page) parameters.set("pagination[page]", String(query.page));
  if (query.limit) parameters.set("pagination[limit]", String(query.limit));
  if (query.sort) {
    parameters.set("sort[column]", query.sort);
    parameters.set("sort[direction]", query.direction ?? "asc");
  }
  if (query.search) parameters.set("search", query.search);
  for (const [column, value] of Object.entries(query.filters ?? {})) {
    if (value) parameters.set(`filters[${column}]`, value);
  }
  const text = parameters.toString();
  return text && `?${text}`;
}

/** Most pages that are asked for in a row. */
const MOST_PIECES = 20;

/** What few match comes in pieces, some of them empty: reads on to one that has something in it. */
export async function readOn<T>(query: ListQuery, read: (query: ListQuery) => Promise<Page<T>>): Promise<Page<T>> {
  let page = await read(query);
  for (let pieces = 1; page.data.length === 0 && page.nextCursor && pieces < MOST_PIECES; pieces += 1) {
    page = await read({ ...query, cursor: page.nextCursor });
  }
  return page;
}

// The list envelope and its parameters (contract §0.2).

export interface Page<T> {
  data: T[];
  pagination: { totalPages: number; totalItems: number; currentPage: number; itemsPerPage: number };
}

export interface ListQuery {
  page?: number;
  limit?: number;
  sort?: string;
  direction?: "asc" | "desc";
  search?: string;
}

export function listParameters(query: ListQuery): string {
  const parameters = new URLSearchParams();
  if (query.page) parameters.set("pagination[page]", String(query.page));
  if (query.limit) parameters.set("pagination[limit]", String(query.limit));
  if (query.sort) {
    parameters.set("sort[column]", query.sort);
    parameters.set("sort[direction]", query.direction ?? "asc");
  }
  if (query.search) parameters.set("search", query.search);
  const text = parameters.toString();
  return text && `?${text}`;
}

// What people read in the API reference, around what the API says of itself.

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const enReference = {
  title: "API reference",
  intro: (base: string) => `Everything below lies under ${base}. Programs sign in with an API key in the header X-API-Key.`,
  file: "The same for programs: OpenAPI",
  keys: "Your API keys",
  search: "Search operations",
  searchPlaceholder: "Path, method or word",
  count: (count: number) => plural(count, "operation", "operations"),
  emptyTitle: "Nothing found",
  emptyText: (search: string) => `No operation matches “${search}”.`,
  clearSearch: "Clear search",
  topics: "Topics",
  other: "Other",

  deprecated: "deprecated",
  auth: "Sign-in",
  public: "None is needed",
  or: " or ",
  link: "Link to this operation",
  parameters: "Parameters",
  body: "Body",
  responses: "Responses",
  noContent: "No content",
  name: "Name",
  in: "In",
  type: "Type",
  description: "Description",
  required: "required",
  places: { path: "path", query: "query", header: "header", cookie: "cookie" } as Record<string, string>,
  listOf: (what: string) => `list of ${what}`,
  mapOf: (what: string) => `map of ${what}`,
  oneOf: (values: string) => `one of ${values}`,
  default: (value: string) => `default ${value}`,
  least: (value: number) => `at least ${value}`,
  most: (value: number) => `at most ${value}`,
  characters: (least: number | undefined, most: number | undefined) =>
    least !== undefined && most !== undefined ? `${least}–${most} characters`
    : most !== undefined ? `at most ${most} characters`
    : `at least ${least ?? 0} characters`,
  anything: "anything",
};

export type ReferenceCatalogue = typeof enReference;

// An OpenAPI 3.1 document, as far as this page reads it. Whatever is missing
// or strange is left out: a reference that shows less beats one that fails.

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  title?: string;
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  additionalProperties?: Schema | boolean;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

export interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  description?: string;
  required?: boolean;
  schema?: Schema;
}

interface Content {
  $ref?: string;
  description?: string;
  content?: Record<string, { schema?: Schema }>;
}

interface RawOperation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  deprecated?: boolean;
  parameters?: Parameter[];
  requestBody?: Content;
  responses?: Record<string, Content>;
  security?: Record<string, unknown>[];
}

export interface ApiDocument {
  info?: { title?: string; version?: string; description?: string };
  tags?: { name: string; description?: string }[];
  paths?: Record<string, Record<string, unknown>>;
  security?: Record<string, unknown>[];
  components?: Record<string, Record<string, unknown>>;
}

export interface Exchanged {
  /** The status of a response; empty for a request. */
  status: string;
  description: string;
  contentType: string;
  schema: Schema | undefined;
}

export interface Operation {
  /** Names it in the address. */
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  deprecated: boolean;
  /** Ways to sign in for it; empty when it is public. */
  security: string[];
  parameters: Parameter[];
  body: Exchanged | undefined;
  responses: Exchanged[];
}

export interface Topic {
  name: string;
  description: string;
  operations: Operation[];
}

const methods = ["get", "post", "put", "patch", "delete"];

export function resolve<T extends { $ref?: string }>(document: ApiDocument, value: T): T {
  const [, root, group = "", name = ""] = value.$ref?.split("/") ?? [];
  if (root !== "components") return value;
  return (document.components?.[group]?.[decodeURIComponent(name)] as T | undefined) ?? value;
}

/** The operations by topic, in the order of the document. */
export function topicsOf(document: ApiDocument, other: string): Topic[] {
  const described = new Map(document.tags?.map(({ name, description }) => [name, description ?? ""]));
  const topics = new Map<string, Topic>();
  for (const name of described.keys()) topics.set(name, { name, description: described.get(name) ?? "", operations: [] });
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    const shared = Array.isArray(item["parameters"]) ? (item["parameters"] as Parameter[]) : [];
    for (const method of methods) {
      const raw = item[method] as RawOperation | undefined;
      if (!raw) continue;
      const name = raw.tags?.[0] ?? other;
      const topic = topics.get(name) ?? { name, description: "", operations: [] };
      topic.operations.push(operation(document, method, path, raw, shared));
      topics.set(name, topic);
    }
  }
  return [...topics.values()].filter(({ operations }) => operations.length > 0);
}

function operation(document: ApiDocument, method: string, path: string, raw: RawOperation, shared: Parameter[]): Operation {
  const security = raw.security ?? document.security ?? [];
  return {
    id: raw.operationId ?? `${method}${path}`.replace(/[^\w]+/g, "-").replace(/-$/, ""),
    method: method.toUpperCase(),
    path,
    summary: raw.summary ?? "",
    description: raw.description ?? "",
    deprecated: raw.deprecated ?? false,
    security: security.map((way) => Object.keys(way).join(" + ")).filter(Boolean),
    parameters: [...shared, ...(raw.parameters ?? [])].map((parameter) => resolve(document, parameter)),
    body: raw.requestBody && exchanged(document, "", raw.requestBody),
    responses: Object.entries(raw.responses ?? {}).map(([status, response]) => exchanged(document, status, response)),
  };
}

function exchanged(document: ApiDocument, status: string, given: Content): Exchanged {
  const { description = "", content = {} } = resolve(document, given);
  const [[contentType, { schema }] = ["", { schema: undefined }]] = Object.entries(content);
  return { status, description, contentType, schema };
}

/** The topics with the operations that `search` is about: every word has to be somewhere. */
export function matching(topics: Topic[], search: string): Topic[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return topics;
  return topics
    .map((topic) => {
      const about = (one: Operation) => `${topic.name} ${one.method} ${one.path} ${one.id} ${one.summary} ${one.description}`.toLowerCase();
      return { ...topic, operations: topic.operations.filter((one) => words.every((word) => about(one).includes(word))) };
    })
    .filter(({ operations }) => operations.length > 0);
}

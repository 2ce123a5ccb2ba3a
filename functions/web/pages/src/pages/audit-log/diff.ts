// What changed, field by field. `before` and `after` are JSON in strings, as
// the log keeps them; what is no JSON is compared as it is.

export interface Change {
  /** Empty when the whole value changed. */
  field: string;
  before: string;
  after: string;
}

export function changes(data: Readonly<Record<string, string>>): Change[] {
  if (data["ldapRun"]) return changesOfSync(data["changes"]);
  if (!("before" in data) && !("after" in data)) return [];
  const before = fieldsOf(parse(data["before"]));
  const after = fieldsOf(parse(data["after"] ?? data["passkeyName"]));
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((field) => ({ field, before: before[field] ?? "", after: after[field] ?? "" }))
    .filter((change) => change.before !== change.after);
}

/** A sync tells each field's own before and after. */
function changesOfSync(json: string | undefined): Change[] {
  const fields = Object.entries((parse(json) ?? {}) as Record<string, { before?: unknown; after?: unknown }>);
  return fields.map(([field, { before, after }]) => ({ field, before: shown(before), after: shown(after) }));
}

/** The other facts of an entry. Of lists whose items are counted besides, the number is enough to read. */
export function facts(entry: Readonly<Record<string, string>>): [name: string, value: string][] {
  const data = isOfSync(entry) ? factsOfSync(entry) : entry;
  return Object.entries(data)
    .filter(([name, value]) => name !== "before" && name !== "after" && !(`${name}Count` in data) && !isNone(name, value))
    .map(([name, value]) => [name.replace(/Count$/, ""), value]);
}

const isOfSync = (data: Readonly<Record<string, string>>) => "ldapRun" in data || "run" in data;

/** Its run has a page of its own, and what it counted is facts by themselves. */
function factsOfSync({ ldapRun, run, changes, counts, ...rest }: Readonly<Record<string, string>>): Record<string, string> {
  const counted = Object.entries(fieldsOf(parse(counts))).filter(([, count]) => count !== "0");
  return { ...rest, ...Object.fromEntries(counted) };
}

const isNone = (name: string, value: string) => name.endsWith("Count") && value === "0";

function parse(value: string | undefined): unknown {
  if (value === undefined) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function fieldsOf(value: unknown): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (Array.isArray(value)) return fieldsOfList(value);
  if (typeof value !== "object") return { "": shown(value) };
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shown(part)]));
}

/** Claims are fields of their own; what else there are lists of, each is there or not. */
function fieldsOfList(list: unknown[]): Record<string, string> {
  return Object.fromEntries(
    list.map((part) => {
      if (typeof part !== "object" || part === null) return [shown(part), shown(part)];
      const { key, value, name, username, friendlyName, id } = part as Record<string, unknown>;
      if (typeof key === "string") return [key, shown(value)];
      const label = shown(friendlyName ?? name ?? username ?? id ?? part);
      return [label, label];
    }),
  );
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** `displayName` as people write it: "Display name". */
export function inWords(name: string): string {
  const spaced = name
    .replaceAll(".", " ")
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .split(" ")
    .map((word) => (/^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()))
    .join(" ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

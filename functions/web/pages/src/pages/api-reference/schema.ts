// A schema as rows that one can read: each property with its type and limits,
// those inside it below.

import { referenceText as text } from "../../text/reference.ts";
import { resolve, type ApiDocument, type Schema } from "./document.ts";

export interface Row {
  /** Names it among the others: the way from the outermost property. */
  id: string;
  name: string;
  depth: number;
  type: string;
  required: boolean;
  note: string;
}

const DEEPEST = 4;

export function rowsOf(document: ApiDocument, schema: Schema): Row[] {
  return inside(document, schema, "", 0, new Set());
}

function inside(document: ApiDocument, given: Schema, way: string, depth: number, seen: ReadonlySet<string>): Row[] {
  // A schema that holds itself is shown once.
  if (depth > DEEPEST || (given.$ref && seen.has(given.$ref))) return [];
  const below = given.$ref ? new Set([...seen, given.$ref]) : seen;
  const schema = whole(document, given);
  if (schema.items) return inside(document, schema.items, way, depth, below);
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const id = `${way}/${name}`;
    const required = schema.required?.includes(name) ?? false;
    const row = { id, name, depth, type: typeOf(document, property), required, note: noteOf(document, property) };
    return [row, ...inside(document, withoutNull(document, property), id, depth + 1, below)];
  });
}

/** The schema that a reference means, with all parts of an `allOf` together. */
function whole(document: ApiDocument, given: Schema): Schema {
  const schema = resolve(document, given);
  return (schema.allOf ?? []).map((part) => whole(document, part)).reduce(
    (all, part) => ({
      ...part,
      ...all,
      properties: { ...all.properties, ...part.properties },
      required: [...(all.required ?? []), ...(part.required ?? [])],
    }),
    schema,
  );
}

/** What is there when it is not null. */
function withoutNull(document: ApiDocument, given: Schema): Schema {
  const schema = resolve(document, given);
  const choices = (schema.oneOf ?? schema.anyOf ?? []).filter(({ type }) => type !== "null");
  return choices.length === 1 ? choices[0]! : given;
}

export function typeOf(document: ApiDocument, given: Schema): string {
  const schema = whole(document, given);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map((choice) => typeOf(document, choice)).join(text.or);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const types = [schema.type ?? (schema.properties ? "object" : text.anything)].flat();
  return types.map((type) => typeName(document, schema, type)).join(text.or);
}

function typeName(document: ApiDocument, schema: Schema, type: string): string {
  if (type === "array") return text.listOf(schema.items ? typeOf(document, schema.items) : text.anything);
  const values = schema.additionalProperties;
  if (type === "object" && typeof values === "object") return text.mapOf(typeOf(document, values));
  return schema.format && type !== "null" ? `${type} (${schema.format})` : type;
}

function noteOf(document: ApiDocument, given: Schema): string {
  const schema = { ...whole(document, given), ...(given.description ? { description: given.description } : {}) };
  const limits = [
    schema.enum && text.oneOf(schema.enum.map(String).join(", ")),
    (schema.minLength !== undefined || schema.maxLength !== undefined) && text.characters(schema.minLength, schema.maxLength),
    schema.minimum !== undefined && text.least(schema.minimum),
    schema.maximum !== undefined && text.most(schema.maximum),
    schema.default !== undefined && text.default(JSON.stringify(schema.default)),
  ].filter(Boolean);
  return [schema.description, limits.join(", ")].filter(Boolean).join(" · ");
}

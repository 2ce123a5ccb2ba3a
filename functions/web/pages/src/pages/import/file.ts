// Which files can be imported. The server looks into them.

import type { FileFormat } from "../../api/transfer.ts";

/** As the server counts (`functions/transfer`). */
export const MAX_BYTES = 5_000_000;
export const ACCEPTED = ".csv,.json,text/csv,application/json";

/** The columns of a CSV file, and the names in a JSON file. */
export const columns = [
  "username",
  "email",
  "emailVerified",
  "firstName",
  "lastName",
  "displayName",
  "isAdmin",
  "disabled",
  "locale",
  "groups",
] as const;

export type FileProblem = "wrongKind" | "tooLarge" | "empty";

export function formatOf(name: string): FileFormat | undefined {
  const ending = name.toLowerCase().split(".").at(-1);
  return ending === "csv" || ending === "json" ? ending : undefined;
}

export function problemOf({ name, size }: { name: string; size: number }): FileProblem | undefined {
  if (!formatOf(name)) return "wrongKind";
  if (size > MAX_BYTES) return "tooLarge";
  return size === 0 ? "empty" : undefined;
}

// Users in and out as files.

import { request } from "./client.ts";

export type Outcome = "create" | "update" | "skip" | "error";

export interface ImportedRow {
  row: number;
  username: string;
  outcome: Outcome;
  /** What is wrong with it. */
  fields?: { field: string; code: string; message: string }[];
}

export interface ImportReport {
  /** Nothing was changed: this is what would be done. */
  dryRun: boolean;
  /** Whether anything was changed; not, when one wrong row kept all others out. */
  applied?: boolean;
  summary: Record<Outcome, number>;
  rows: ImportedRow[];
}

export interface ImportOptions {
  /** What becomes of users who exist already. */
  onConflict: "skip" | "update";
  /** Whether one wrong row keeps all others out. */
  mode: "all" | "each";
}

export type FileFormat = "csv" | "json";

const types: Record<FileFormat, string> = { csv: "text/csv", json: "application/json" };

export function importUsers(file: Blob, format: FileFormat, options: ImportOptions, dryRun: boolean): Promise<ImportReport> {
  const parameters = new URLSearchParams({ dryRun: String(dryRun), ...options });
  // What the browser takes a file for depends on the programs installed.
  const body = new Blob([file], { type: types[format] });
  return request<ImportReport>("POST", `/users/import?${parameters}`, { body });
}

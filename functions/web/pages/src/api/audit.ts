// What was done, by whom, to whom (contract §1.13).

import { exchange, request } from "./client.ts";
import { listParameters, type Page } from "./list.ts";

export interface AuditEntry {
  id: string;
  createdAt: string;
  event: string;
  ipAddress: string | null;
  country: string | null;
  city: string | null;
  device: string | null;
  /** Whom it is about. */
  userID: string | null;
  username: string | null;
  /** Who did it. */
  actorID: string | null;
  actorUsername: string | null;
  data: Record<string, string> | null;
}

/** What the log shows; empty values filter nothing. Times are RFC 3339. */
export interface AuditFilters {
  event: string;
  actorID: string;
  userID: string;
  from: string;
  to: string;
}

const AT_ONCE = 50;

export const listAudit = (whose: "own" | "all", filters: AuditFilters, cursor?: string) =>
  request<Page<AuditEntry>>(
    "GET",
    `/audit-logs${whose === "all" ? "/all" : ""}${listParameters({ limit: AT_ONCE, filters: { ...filters }, cursor })}`,
  );

export type AuditFormat = "csv" | "json";

/** All that the filters leave, the newest first. A file of the API's has a bounded length: they are joined. */
export async function exportAudit(
  format: AuditFormat,
  filters: AuditFilters,
  /** Told of each file that has come; says whether to go on. */
  goOn: (files: number) => boolean,
): Promise<Blob | undefined> {
  const files: Blob[] = [];
  let cursor: string | undefined;
  do {
    const parameters = listParameters({ filters: { ...filters }, cursor }).replace("?", "&");
    const response = await exchange("GET", `/audit-logs/export?format=${format}${parameters}`);
    const text = await response.text();
    cursor = response.headers.get("X-Next-Cursor") ?? undefined;
    // The browser may keep a blob on disk.
    files.push(new Blob([part(format, text, files.every((file) => file.size === 0))]));
    if (!goOn(files.length)) return undefined;
  } while (cursor);
  const kind = format === "csv" ? "text/csv" : "application/json";
  return new Blob(format === "csv" ? files : ["[", ...files, "]"], { type: kind });
}

/** A file without what only the first has, or all of them together. */
export function part(format: AuditFormat, text: string, isFirst: boolean): string {
  if (format === "csv") return isFirst ? text : text.slice(text.indexOf("\r\n") + 2);
  const items = text.trim().slice(1, -1);
  return isFirst || items === "" ? items : `,${items}`;
}

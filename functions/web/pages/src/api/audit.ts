// What was done, by whom, to whom (contract §1.13).

import { request } from "./client.ts";
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

/** The address of the log as a file. */
export function auditExport(format: "csv" | "json", filters: AuditFilters): string {
  const parameters = listParameters({ filters: { ...filters } });
  return `/api/audit-logs/export?format=${format}${parameters.replace("?", "&")}`;
}

// What the log shows is in the address. Dates are whole days where the reader is.

import type { AuditFilters } from "../../api/audit.ts";

export interface Shown {
  event: string;
  /** Who did it. */
  actor: string;
  /** Whom it is about. */
  user: string;
  from: string;
  to: string;
}

/** What one person did, or what concerns one. */
export type OnePerson = Pick<Shown, "actor" | "user">;

const parts = ["event", "actor", "user", "from", "to"] as const;

export function readShown(search: string): Shown {
  const parameters = new URLSearchParams(search);
  const read = (part: string) => parameters.get(part) ?? "";
  const [event, actor, user] = [read("event"), read("actor"), read("user")];
  return { event, actor, user, from: dateIn(read("from")), to: dateIn(read("to")) };
}

export function writeShown(shown: Shown): string {
  const parameters = new URLSearchParams();
  for (const part of parts) if (shown[part]) parameters.set(part, shown[part]);
  const written = parameters.toString();
  return written && `?${written}`;
}

export const isFiltered = (shown: Shown): boolean => parts.some((part) => shown[part] !== "");

export function filtersOf({ event, actor, user, from, to }: Shown): AuditFilters {
  return {
    event,
    actorID: actor,
    userID: user,
    from: from && new Date(`${from}T00:00:00`).toISOString(),
    to: to && new Date(`${to}T23:59:59.999`).toISOString(),
  };
}

function dateIn(value: string): string {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) ? value : "";
}

// An entry of the log as a sentence.

import type { AuditEntry } from "../../api/audit.ts";
import { auditText, type Cast } from "../../text/audit.ts";

/** `me` is the reader's id: what they did, "you" did. */
export function sentence(entry: AuditEntry, me: string | undefined): string {
  const cast = castOf(entry, me);
  return auditText.events[entry.event]?.says(cast) ?? auditText.unknown(cast.who, entry.event);
}

function castOf(entry: AuditEntry, me: string | undefined): Cast {
  const data = entry.data ?? {};
  const whoId = entry.actorID ?? entry.userID;
  if (isBySync(entry)) return castOfSync(entry, me);
  const who = whoId && whoId === me ? auditText.you : (entry.actorUsername ?? entry.username ?? auditText.somebody);
  const toThemselves = !entry.userID || entry.userID === whoId;
  const name = nameIn(data);
  const named = name ? auditText.quoted(name) : "";
  if (toThemselves) {
    return { who, whom: "", whose: who === auditText.you ? auditText.yourOwn : auditText.theirOwn, named, data };
  }
  if (entry.userID === me) return { who, whom: auditText.youObject, whose: auditText.your, named, data };
  const whom = entry.username ?? auditText.somebody.toLowerCase();
  return { who, whom, whose: auditText.possessive(whom), named, data };
}

/** Nobody's act: the clock began it. */
const isBySync = ({ actorID, event, data }: AuditEntry) => !actorID && (event.startsWith("LDAP_") || "ldapRun" in (data ?? {}) || data?.["by"] === "directory");

function castOfSync({ userID, username, data }: AuditEntry, me: string | undefined): Cast {
  const name = nameIn(data ?? {});
  const whom = userID === me && me ? auditText.youObject : (username ?? "");
  const whose = whom === auditText.youObject ? auditText.your : auditText.possessive(whom);
  return { who: auditText.sync, whom, whose, named: name ? auditText.quoted(name) : "", data: data ?? {} };
}

/** What the thing in question is called. */
function nameIn(data: Readonly<Record<string, string>>): string | undefined {
  const named = ["userGroup", "passkeyName", "keyName", "image"].map((fact) => data[fact]).find(Boolean);
  return named ?? groupIn(data["after"]) ?? groupIn(data["before"]) ?? (data["ldapRun"] && data["name"]);
}

/** A group that was made, changed or deleted is told as it was. */
function groupIn(json: string | undefined): string | undefined {
  try {
    const { friendlyName } = JSON.parse(json ?? "{}") as { friendlyName?: unknown };
    return typeof friendlyName === "string" ? friendlyName : undefined;
  } catch {
    return undefined;
  }
}

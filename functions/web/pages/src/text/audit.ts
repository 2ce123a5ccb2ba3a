import { enAudit, type AuditCatalogue } from "./en.audit.ts";

export type { Cast } from "./en.audit.ts";

/** The texts of the audit log, in the language of the page. */
export const auditText: AuditCatalogue = enAudit;

import { enLdapRuns, type LdapRunsCatalogue } from "./en.ldapRuns.ts";

/** The texts about syncing with a directory, in the language of the page. */
export const ldapRunsText: LdapRunsCatalogue = enLdapRuns;

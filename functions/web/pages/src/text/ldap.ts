import { enLdap, type LdapCatalogue } from "./en.ldap.ts";

/** The texts about the settings of a directory and trying them, in the language of the page. */
export const ldapText: LdapCatalogue = enLdap;

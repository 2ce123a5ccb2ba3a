// What a change does to an entry's fields, as people read it.

import type { LdapChange } from "../../api/ldap.ts";
import { ldapRunsText } from "../../text/ldapRuns.ts";

export interface Difference {
  field: string;
  before: string;
  after: string;
}

const { fields } = ldapRunsText.changes;
const order = Object.keys(fields);

/** In the order in which a form shows them. Of somebody new, what stays empty is left out. */
export function differencesOf({ action, changes }: LdapChange): Difference[] {
  return Object.entries(changes)
    .map(([name, { before, after }]) => ({ name, before: before ?? "", after: after ?? "" }))
    .filter(({ before, after }) => before !== after || action === "conflict")
    .sort((a, b) => placeOf(a.name) - placeOf(b.name))
    .map(({ name, before, after }) => ({ field: fields[name] ?? name, before, after }));
}

function placeOf(name: string): number {
  const place = order.indexOf(name);
  return place < 0 ? order.length : place;
}

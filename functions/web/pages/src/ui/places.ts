// Where one can go inside, and who can.

import { settingsText } from "../text/settings.ts";
import type { IconName } from "./Icon.svelte";

export interface Place {
  href: string;
  label: string;
  icon: IconName;
  /** Another address of the same place, with what is below it. */
  also?: string;
}

const { settings } = settingsText;

const account: Place = { href: "/settings/account", label: settings.account, icon: "user" };
const auditLog: Place = { href: "/settings/audit-log", also: "/settings/admin/audit-log", label: settings.auditLog, icon: "log" };
const apiKeys: Place = { href: "/settings/admin/api-keys", label: settings.apiKeys, icon: "key" };

const administration: Place[] = [
  { href: "/settings/admin/users", label: settings.users, icon: "users" },
  { href: "/settings/admin/user-groups", label: settings.userGroups, icon: "group" },
  apiKeys,
  {
    href: "/settings/admin/application-configuration",
    also: "/settings/admin/ldap-runs",
    label: settings.configuration,
    icon: "settings",
  },
];

/** Everybody has API keys; administrators find theirs among what they administer. */
export function placesFor(isAdmin: boolean): { own: Place[]; administration: Place[] } {
  return isAdmin
    ? { own: [account, auditLog], administration }
    : { own: [account, auditLog, apiKeys], administration: [] };
}

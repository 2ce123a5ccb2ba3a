// The pages for whoever is signed in, and their frame. They come with the first of them that is visited: a name
// of each file that a page needs would be a twentieth of what sign-in downloads.

import type { Route } from "./router.ts";

export { default as Shell } from "./ui/SettingsShell.svelte";

/** Below `/settings/`, and `/api-reference`. */
export const routes: readonly Route[] = [
  { path: "/settings/account", for: "user", page: () => import("./pages/account/Account.svelte") },
  { path: "/settings/admin/users", for: "admin", page: () => import("./pages/users/Users.svelte") },
  { path: "/settings/admin/users/import", for: "admin", page: () => import("./pages/import/Import.svelte") },
  { path: "/settings/admin/users/signup-tokens", for: "admin", page: () => import("./pages/signup-tokens/SignupTokens.svelte") },
  { path: "/settings/admin/users/:id", for: "admin", page: () => import("./pages/user/User.svelte") },
  { path: "/settings/admin/user-groups", for: "admin", page: () => import("./pages/user-groups/UserGroups.svelte") },
  { path: "/settings/admin/user-groups/:id", for: "admin", page: () => import("./pages/user-group/UserGroup.svelte") },
  // Everybody has keys of their own; the address is Pocket ID's.
  { path: "/settings/admin/api-keys", for: "user", page: () => import("./pages/api-keys/ApiKeys.svelte") },
  { path: "/settings/audit-log", for: "user", page: () => import("./pages/audit-log/OwnAuditLog.svelte") },
  { path: "/settings/admin/audit-log", for: "admin", page: () => import("./pages/audit-log/GlobalAuditLog.svelte") },
  {
    path: "/settings/admin/application-configuration",
    for: "admin",
    page: () => import("./pages/configuration/ApplicationConfiguration.svelte"),
  },
  { path: "/settings/admin/ldap-runs", for: "admin", page: () => import("./pages/ldap-runs/Ldap.svelte") },
  { path: "/settings/admin/ldap-runs/:id", for: "admin", page: () => import("./pages/ldap-runs/Ldap.svelte") },
  { path: "/api-reference", for: "user", page: () => import("./pages/api-reference/ApiReference.svelte") },
];

import Login from "./pages/login/Login.svelte";
import type { Route } from "./router.ts";

/** Every page there is. Sign-in is in the first download; the rest comes when it is visited. */
export const routes: readonly Route[] = [
  { path: "/", for: "anyone", page: () => import("./pages/home/Home.svelte") },
  { path: "/login", for: "anyone", page: async () => ({ default: Login }) },
  { path: "/login/alternative", for: "anyone", page: () => import("./pages/login-alternative/LoginAlternative.svelte") },
  { path: "/lc", for: "anyone", page: () => import("./pages/one-time-link/EnterCode.svelte") },
  { path: "/lc/:code", for: "anyone", page: () => import("./pages/one-time-link/OneTimeLink.svelte") },
  { path: "/setup", for: "anyone", page: () => import("./pages/setup/Setup.svelte") },
  { path: "/signup", for: "anyone", page: () => import("./pages/signup/SignUp.svelte") },
  { path: "/st/:token", for: "anyone", page: () => import("./pages/signup/InvitationLink.svelte") },
  { path: "/signup/waiting", for: "anyone", page: () => import("./pages/signup/Waiting.svelte") },
  { path: "/logout", for: "anyone", page: () => import("./pages/logout/Logout.svelte") },
  { path: "/signup/add-passkey", for: "user", page: () => import("./pages/add-passkey/AddPasskey.svelte") },
  // Whoever opens the link of the mail signs in first, and comes back.
  { path: "/verify-email", for: "user", page: () => import("./pages/verify-email/VerifyEmail.svelte") },
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

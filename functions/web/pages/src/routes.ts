import Login from "./pages/login/Login.svelte";
import type { Route } from "./router.ts";

/** The pages outside. Sign-in is in the first download; the rest comes when it is visited. */
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
];

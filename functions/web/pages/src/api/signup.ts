// Signing up, with a token or without (contract §1.7).

import { request, segment } from "./client.ts";
import type { User } from "./users.ts";

export interface Newcomer {
  username: string;
  email: string | null;
  firstName: string;
  lastName: string;
  token?: string;
}

/** Until when a token works. Asking does not use it up. */
export const showSignupToken = (token: string) =>
  request<{ expiresAt: string }>("GET", `/signup/token/${segment(token)}`, { anonymous: true });

/** Makes the account, and a session unless an administrator has to approve it first. */
export const signUp = (newcomer: Newcomer) => request<User>("POST", "/signup", { body: newcomer, anonymous: true });

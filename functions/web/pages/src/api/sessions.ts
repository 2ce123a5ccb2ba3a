import { request, segment } from "./client.ts";
import type { Page } from "./list.ts";

export interface Session {
  id: string;
  createdAt: string;
  lastSeenAt: string | null;
  expiresAt: string;
  ipAddress: string | null;
  device: string | null;
  amr: string[] | null;
  current: boolean;
}

export const listSessions = () => request<Page<Session>>("GET", "/users/me/sessions?pagination[limit]=100");

export const endSession = (id: string) => request<void>("DELETE", `/users/me/sessions/${segment(id)}`);

/** Ends all sessions but this one. */
export const endOtherSessions = () => request<void>("DELETE", "/users/me/sessions");

export const signOut = () => request<void>("POST", "/webauthn/logout", { anonymous: true });

/** A user's sessions, as an administrator sees them. */
export const listSessionsOf = (userId: string) =>
  request<Page<Session>>("GET", `/users/${segment(userId)}/sessions?pagination[limit]=100`);

export const endSessionOf = (userId: string, id: string) =>
  request<void>("DELETE", `/users/${segment(userId)}/sessions/${segment(id)}`);

export const endAllSessionsOf = (userId: string) => request<void>("DELETE", `/users/${segment(userId)}/sessions`);

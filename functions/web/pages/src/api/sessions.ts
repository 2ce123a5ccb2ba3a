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

export const signOut = () => request<void>("POST", "/webauthn/logout", { anonymous: true });

import { request, segment } from "./client.ts";
import type { Page } from "./list.ts";
import type { User } from "./users.ts";

/** What an administrator sees of a link after it is made; its secret is shown only once. */
export interface OneTimeLink {
  id: string;
  createdAt: string;
  expiresAt: string;
  createdBy: { id: string; username: string } | null;
  redeemedAt: string | null;
  state: "active" | "redeemed" | "revoked" | "expired";
}

export interface NewOneTimeLink {
  id: string;
  token: string;
  expiresAt: string;
}

/** Whom a link is for. Asking does not use it up. */
export interface OneTimeLinkOwner {
  displayName: string;
  username: string;
  expiresAt: string;
}

export const createOneTimeLink = (userId: string, seconds: number) =>
  request<NewOneTimeLink>("POST", `/users/${segment(userId)}/one-time-access-token`, { body: { ttl: seconds } });

export const listOneTimeLinks = (userId: string) =>
  request<Page<OneTimeLink>>("GET", `/users/${segment(userId)}/one-time-access-tokens?pagination[limit]=100`);

export const revokeOneTimeLink = (userId: string, linkId: string) =>
  request<void>("DELETE", `/users/${segment(userId)}/one-time-access-tokens/${segment(linkId)}`);

export const showOneTimeLink = (code: string) =>
  request<OneTimeLinkOwner>("GET", `/one-time-access-token/${segment(code)}`, { anonymous: true });

export const redeemOneTimeLink = (code: string) =>
  request<User>("POST", `/one-time-access-token/${segment(code)}`, { anonymous: true });

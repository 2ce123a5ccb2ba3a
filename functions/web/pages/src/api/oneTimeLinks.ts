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
  mailed: boolean;
  /** Asked for on the sign-in page: it works only in the browser that asked. */
  deviceBound: boolean;
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
  deviceBound: boolean;
  /** Whether it works in this browser. */
  thisDevice: boolean;
  /** What to type in the browser in which it works, if that is another one. */
  code: string | null;
}

export const createOneTimeLink = (userId: string, seconds: number) =>
  request<NewOneTimeLink>("POST", `/users/${segment(userId)}/one-time-access-token`, { body: { ttl: seconds } });

export const listOneTimeLinks = (userId: string) =>
  request<Page<OneTimeLink>>("GET", `/users/${segment(userId)}/one-time-access-tokens?pagination[limit]=100`);

export const revokeOneTimeLink = (userId: string, linkId: string) =>
  request<void>("DELETE", `/users/${segment(userId)}/one-time-access-tokens/${segment(linkId)}`);

/** The answer is the same whether or not somebody has the address. */
export const askForOneTimeLink = (email: string, redirectPath: string | undefined) =>
  request<void>("POST", "/one-time-access-email", { body: { email, redirectPath }, anonymous: true });

export const mailOneTimeLink = (userId: string, seconds: number) =>
  request<void>("POST", `/users/${segment(userId)}/one-time-access-email`, { body: { ttl: seconds } });

export const showOneTimeLink = (code: string) =>
  request<OneTimeLinkOwner>("GET", `/one-time-access-token/${segment(code)}`, { anonymous: true });

/** `code` is a link's, or the short one that stands for it in the browser that asked. */
export const redeemOneTimeLink = (code: string) =>
  request<User>("POST", `/one-time-access-token/${segment(code)}`, { anonymous: true });

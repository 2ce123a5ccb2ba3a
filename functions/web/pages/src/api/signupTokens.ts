// Signup tokens, as administrators see them (contract §1.7).

import { request, segment } from "./client.ts";
import type { UserGroup } from "./groups.ts";
import { listParameters, type ListQuery, type Page } from "./list.ts";

export interface SignupToken {
  id: string;
  /** Empty when the server can't show it any more; it works all the same. */
  token: string;
  createdAt: string;
  expiresAt: string;
  usageLimit: number;
  usageCount: number;
  state: "active" | "expired" | "usedUp";
  createdBy: { id: string; username: string };
  /** Whether these stand in place of the default groups, even when none of them is left. */
  ownGroups: boolean;
  userGroups: Pick<UserGroup, "id" | "friendlyName" | "name">[];
}

export interface NewSignupToken {
  /** Seconds. */
  ttl: number;
  usageLimit: number;
  /** Said by whoever means more than 100 uses. */
  largeUsageLimit: boolean;
  userGroupIds: string[];
}

export interface SignupTokenUse {
  userId: string;
  /** Kept when the user is deleted. */
  username: string;
  usedAt: string;
}

/** Most uses of a token, and most with `largeUsageLimit`. */
export const USAGE_LIMIT = 100;
export const LARGE_USAGE_LIMIT = 10_000;

export const createSignupToken = (token: NewSignupToken) =>
  request<SignupToken>("POST", "/signup-tokens", { body: token });

export function listSignupTokens(query: ListQuery, includeExpired: boolean): Promise<Page<SignupToken>> {
  const parameters = listParameters(query);
  const expired = includeExpired ? `${parameters ? "&" : "?"}includeExpired=true` : "";
  return request("GET", `/signup-tokens${parameters}${expired}`);
}

export const listSignupTokenUses = (id: string, query: ListQuery) =>
  request<Page<SignupTokenUse>>("GET", `/signup-tokens/${segment(id)}/uses${listParameters(query)}`);

export const revokeSignupToken = (id: string) => request<void>("DELETE", `/signup-tokens/${segment(id)}`);

/** Where people sign up with it. */
export const signupLink = ({ token }: Pick<SignupToken, "token">) => `${location.origin}/st/${segment(token)}`;

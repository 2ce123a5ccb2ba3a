import { request, segment } from "./client.ts";

/** A fact about a user or a group that applications are told. */
export interface Claim {
  key: string;
  value: string;
}

/** Keys in use, the most used first. */
export const suggestClaims = () => request<string[]>("GET", "/custom-claims/suggestions");

export const saveUserClaims = (userId: string, claims: Claim[]) =>
  request<Claim[]>("PUT", `/custom-claims/user/${segment(userId)}`, { body: claims });

export const saveGroupClaims = (groupId: string, claims: Claim[]) =>
  request<Claim[]>("PUT", `/custom-claims/user-group/${segment(groupId)}`, { body: claims });

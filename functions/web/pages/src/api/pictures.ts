import { request, segment } from "./client.ts";

/** Where a user's picture is; `version` makes the browser ask anew. */
export const picturePath = (userId: string, version: number) =>
  `/api/users/${segment(userId)}/profile-picture.png?skipCache&v=${version}`;

export function setPicture(userId: string, file: File): Promise<void> {
  const body = new FormData();
  body.append("file", file);
  return request<void>("PUT", `/users/${segment(userId)}/profile-picture`, { body });
}

export const resetPicture = (userId: string) => request<void>("DELETE", `/users/${segment(userId)}/profile-picture`);

import { fileForm, request, segment } from "./client.ts";

/** Where a user's picture is; `version` makes the browser ask anew. */
export const picturePath = (userId: string, version: number) =>
  `/api/users/${segment(userId)}/profile-picture.png?skipCache&v=${version}`;

/** `userId` may be "me". */
export const setPicture = (userId: string, file: File) =>
  request<void>("PUT", `/users/${segment(userId)}/profile-picture`, { body: fileForm(file) });

export const resetPicture = (userId: string) => request<void>("DELETE", `/users/${segment(userId)}/profile-picture`);

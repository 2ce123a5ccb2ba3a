// The images of this installation (contract §1.9).

import { fileForm, request } from "./client.ts";

export const imageNames = ["logo-light", "logo-dark", "background", "favicon", "default-profile-picture", "email"] as const;

export type ImageName = (typeof imageNames)[number];

const paths: Record<ImageName, string> = {
  "logo-light": "logo?light=true",
  "logo-dark": "logo?light=false",
  background: "background",
  favicon: "favicon",
  "default-profile-picture": "default-profile-picture",
  email: "email",
};

/** Where a browser finds it; another `version` makes it ask again. */
export function imageAddress(name: ImageName, version: number): string {
  const path = `/api/application-images/${paths[name]}`;
  return `${path}${path.includes("?") ? "&" : "?"}v=${version}`;
}

export const uploadImage = (name: ImageName, file: File) =>
  request<void>("PUT", `/application-images/${paths[name]}`, { body: fileForm(file) });

export const resetImage = (name: ImageName) => request<void>("DELETE", `/application-images/${paths[name]}`);

/** The kinds of files that the API can read. */
export const PICTURES = "image/png,image/jpeg,image/gif,image/webp";

// Changing the images of this installation (contract §1.9).

import { fileForm, request } from "./client.ts";
import { imagePaths, type ImageName } from "./imageAddress.ts";

export const uploadImage = (name: ImageName, file: File) =>
  request<void>("PUT", `/application-images/${imagePaths[name]}`, { body: fileForm(file) });

export const resetImage = (name: ImageName) => request<void>("DELETE", `/application-images/${imagePaths[name]}`);

/** The kinds of files that the API can read. */
export const PICTURES = "image/png,image/jpeg,image/gif,image/webp";

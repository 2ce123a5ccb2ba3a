// Where the images of this installation are (contract §1.9).

export const imageNames = ["logo-light", "logo-dark", "background", "favicon", "default-profile-picture", "email"] as const;

export type ImageName = (typeof imageNames)[number];

export const imagePaths: Record<ImageName, string> = {
  "logo-light": "logo?light=true",
  "logo-dark": "logo?light=false",
  background: "background",
  favicon: "favicon",
  "default-profile-picture": "default-profile-picture",
  email: "email",
};

/** Where a browser finds it; another `version` makes it ask again. Its hash lets a browser keep it for good. */
export function imageAddress(name: ImageName, version: string): string {
  const path = `/api/application-images/${imagePaths[name]}`;
  return `${path}${path.includes("?") ? "&" : "?"}v=${version}`;
}

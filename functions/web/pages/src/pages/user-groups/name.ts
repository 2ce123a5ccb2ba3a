/** A name that programs like, made of one that people like. */
export function nameFrom(friendlyName: string): string {
  return friendlyName
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
}

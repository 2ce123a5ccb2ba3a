/** A setting that holds a JSON array of strings; what is not one holds none. */
export function readStrings(json: string | undefined): string[] {
  try {
    const strings: unknown = JSON.parse(json || "[]");
    return Array.isArray(strings) ? strings.map(String) : [];
  } catch {
    return [];
  }
}

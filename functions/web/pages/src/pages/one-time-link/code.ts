/** The code in what a person pasted: a whole link, or the code alone. */
export function readOneTimeCode(pasted: string): string | undefined {
  const trimmed = pasted.trim();
  const code = /\/lc\/([^/?#\s]+)/.exec(trimmed)?.[1] ?? trimmed;
  return /^[A-Za-z0-9_-]{6,200}$/.test(code) ? code : undefined;
}

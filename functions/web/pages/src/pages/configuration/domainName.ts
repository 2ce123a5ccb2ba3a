/** A domain name as it is compared: lower case, as DNS writes it. Undefined when `typed` is none. */
export function readDomain(typed: string): string | undefined {
  // "@example.com" and whole addresses name a domain too.
  const name = typed.trim().replace(/^.*@/, "").replace(/\.$/, "");
  if (/[^\p{L}\p{M}\p{N}.-]/u.test(name)) return undefined;
  let host: string;
  try {
    // The browser knows how letters beyond ASCII are written in DNS.
    host = new URL(`https://${name}`).host;
  } catch {
    return undefined;
  }
  return /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$/.test(host) ? host : undefined;
}

/** What was typed or pasted, apart. */
export const splitDomains = (typed: string) => typed.split(/[\s,;]+/).filter(Boolean);

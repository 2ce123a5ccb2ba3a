import { text } from "../../text/index.ts";
import { signupText } from "../../text/signup.ts";

const MOST = 4;

/** Where one's address has to be, in a sentence; nothing when it may be anywhere. */
export function listDomains(domains: readonly string[]): string | undefined {
  if (domains.length === 0) return undefined;
  const rest = domains.length - MOST + 1;
  const told = domains.length > MOST ? [...domains.slice(0, MOST - 1), signupText.otherDomains(rest)] : domains;
  return signupText.emailAt(new Intl.ListFormat(text.language, { type: "disjunction" }).format(told));
}

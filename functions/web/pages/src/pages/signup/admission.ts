// Whether somebody may sign up: with the token of the link that they opened, or because everybody may.

import { isApiError } from "../../api/errors.ts";
import { showSignupToken } from "../../api/signup.ts";
import { configuration } from "../../configuration.svelte.ts";
import { session } from "../../session.svelte.ts";

/** The link is of no use any more; or there is none, where one is needed or none helps. */
export type Refused = "invalid" | "withToken" | "disabled";

export interface Admission {
  /** Of the token. */
  expiresAt?: string;
  refused?: Refused | undefined;
}

/** Asks the server; nothing is used up by it. */
export async function askAdmission(token: string): Promise<Admission> {
  await session.loadIfMarked();
  if (!token) {
    await configuration.read();
    return { refused: refusedWithoutToken() };
  }
  try {
    return await showSignupToken(token);
  } catch (error) {
    const refused = await refusalOf(error);
    if (refused) return { refused };
    throw error;
  }
}

/** The refusal that `error` tells, unless it is about something else. */
export async function refusalOf(error: unknown): Promise<Refused | undefined> {
  if (isApiError(error, "token_invalid_or_expired")) return "invalid";
  if (!isApiError(error, "open_signup_disabled")) return undefined;
  // It was open when this page came.
  await configuration.load();
  return refusedWithoutToken() ?? "disabled";
}

function refusedWithoutToken(): Refused | undefined {
  const mode = configuration.current.allowUserSignups;
  return mode === "open" ? undefined : mode;
}

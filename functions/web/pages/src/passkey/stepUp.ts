// A fresh assertion in a session that exists: the server asks for one before
// acts that a stolen session must not do.

import { reauthenticate } from "../api/passkeys.ts";
import { assertion } from "./authentication.ts";
import { PasskeyFailure } from "./failure.ts";

export async function confirmWithPasskey(): Promise<void> {
  await reauthenticate(await assertion());
}

/** Whether the person, or their device, simply gave no assertion. */
export function wasDeclined(error: unknown): boolean {
  return error instanceof PasskeyFailure && error.reason === "cancelled";
}

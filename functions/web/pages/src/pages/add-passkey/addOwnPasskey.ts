import type { Passkey } from "../../api/passkeys.ts";
import { registerPasskey } from "../../passkey/registration.ts";
import { session } from "../../session.svelte.ts";

/** Makes a passkey for who is signed in; from then on the pages know that they have one. */
export async function addOwnPasskey(): Promise<Passkey> {
  const passkey = await registerPasskey();
  const { user } = session;
  if (user) session.begin({ ...user, passkeyCount: user.passkeyCount + 1 });
  return passkey;
}

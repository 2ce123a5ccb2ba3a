import { finishAuthentication, startAuthentication } from "../api/passkeys.ts";
import type { User } from "../api/users.ts";
import { runCeremony } from "./failure.ts";
import { readRequestOptions, writeCredential } from "./json.ts";

/** Asks the browser for an assertion, and signs in with it. */
export async function authenticate(): Promise<User> {
  const options = await startAuthentication();
  const credential = await runCeremony("authentication", () =>
    navigator.credentials.get({ publicKey: readRequestOptions(options) }),
  );
  return finishAuthentication(writeCredential(credential as PublicKeyCredential));
}

import { finishAuthentication, startAuthentication } from "../api/passkeys.ts";
import type { User } from "../api/users.ts";
import { runCeremony } from "./failure.ts";
import { readRequestOptions, writeCredential } from "./json.ts";

/** Asks the browser for an assertion, and signs in with it. */
export async function authenticate(): Promise<User> {
  return finishAuthentication(await assertion());
}

/** An assertion over a fresh challenge, in the JSON form of the specification. */
export async function assertion(): Promise<unknown> {
  const options = await startAuthentication();
  const credential = await runCeremony("authentication", () =>
    navigator.credentials.get({ publicKey: readRequestOptions(options) }),
  );
  return writeCredential(credential as PublicKeyCredential);
}

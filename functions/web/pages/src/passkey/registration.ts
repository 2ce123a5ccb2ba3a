import { finishRegistration, startRegistration, type Passkey } from "../api/passkeys.ts";
import { runCeremony } from "./failure.ts";
import { readCreationOptions, writeCredential } from "./json.ts";

/** Makes a passkey on this device or another one, and returns its record. */
export async function registerPasskey(): Promise<Passkey> {
  const options = await startRegistration();
  const credential = await runCeremony("registration", () =>
    navigator.credentials.create({ publicKey: readCreationOptions(options) }),
  );
  return finishRegistration(writeCredential(credential as PublicKeyCredential));
}

/** Tells the person's password manager that a passkey is of no use any more, where the browser can. */
export async function forgetPasskey(credentialId: string): Promise<void> {
  const signals = window.PublicKeyCredential as unknown as {
    signalUnknownCredential?: (options: { rpId: string; credentialId: string }) => Promise<void>;
  };
  await signals?.signalUnknownCredential?.({ rpId: location.hostname, credentialId }).catch(() => {});
}

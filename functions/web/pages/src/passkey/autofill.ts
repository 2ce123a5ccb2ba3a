// Passkeys in the browser's autofill (conditional mediation, WebAuthn Level 3
// §5.1.4). The request waits for as long as the page is open while the
// server's challenge lives 60 seconds, so it is asked anew before that.

import { finishAuthentication, startAuthentication } from "../api/passkeys.ts";
import type { User } from "../api/users.ts";
import { readRequestOptions, writeCredential } from "./json.ts";

const CHALLENGE_LIFE_MS = 50_000;

export async function canAutofill(): Promise<boolean> {
  if (!window.isSecureContext) return false;
  try {
    return (await window.PublicKeyCredential?.isConditionalMediationAvailable?.()) ?? false;
  } catch {
    return false;
  }
}

interface Outcome {
  signedIn: (user: User) => void;
  failed: (error: unknown) => void;
}

/** Offers passkeys in autofill until the returned function is called. */
export function offerAutofill(outcome: Outcome): () => void {
  const stop = new AbortController();
  void offer(stop.signal, outcome);
  return () => stop.abort();
}

async function offer(stop: AbortSignal, outcome: Outcome): Promise<void> {
  while (!stop.aborted) {
    let credential: Credential | null;
    try {
      credential = await waitForChoice(stop);
    } catch {
      // No challenge, or the browser won't: the button still works and says why.
      return;
    }
    if (stop.aborted || !credential) continue;
    try {
      outcome.signedIn(await finishAuthentication(writeCredential(credential as PublicKeyCredential)));
      return;
    } catch (error) {
      outcome.failed(error);
    }
  }
}

/** The passkey chosen, or null when the challenge has to be renewed or `stop` was called. */
async function waitForChoice(stop: AbortSignal): Promise<Credential | null> {
  await untilVisible(stop);
  const publicKey = readRequestOptions(await startAuthentication());
  const renewal = new AbortController();
  const timer = setTimeout(() => renewal.abort(), CHALLENGE_LIFE_MS);
  const end = () => renewal.abort();
  stop.addEventListener("abort", end);
  try {
    if (stop.aborted) return null;
    return await navigator.credentials.get({ mediation: "conditional", publicKey, signal: renewal.signal });
  } catch (error) {
    if (renewal.signal.aborted) return null;
    throw error;
  } finally {
    clearTimeout(timer);
    stop.removeEventListener("abort", end);
  }
}

/** A tab in the background asks for no challenges. */
function untilVisible(stop: AbortSignal): Promise<void> {
  if (document.visibilityState === "visible") return Promise.resolve();
  return new Promise((resolve) => {
    const check = () => {
      if (document.visibilityState !== "visible" && !stop.aborted) return;
      document.removeEventListener("visibilitychange", check);
      resolve();
    };
    document.addEventListener("visibilitychange", check);
    stop.addEventListener("abort", check);
  });
}

// The account, and in the same step its passkey. Once it is there, nothing leads back to the form.

import { signUp, type Newcomer } from "../../api/signup.ts";
import { configuration } from "../../configuration.svelte.ts";
import { PasskeyFailure } from "../../passkey/failure.ts";
import { navigate } from "../../router.ts";
import { session } from "../../session.svelte.ts";
import { signupText } from "../../text/signup.ts";
import { toasts } from "../../ui/toasts.svelte.ts";
import { addOwnPasskey } from "../add-passkey/addOwnPasskey.ts";

/** Fails only while there is no account; `onaccount` runs once there is one with a session. */
export async function signUpAndGoOn(newcomer: Newcomer, onaccount: () => void): Promise<void> {
  // Another tab may have done it already.
  if (await session.loadIfMarked()) return;
  const user = await signUp(newcomer);
  if (user.awaitingApproval) return navigate("/signup/waiting", { replace: true });

  onaccount();
  session.begin(user);
  toasts.tellDone(signupText.signedUp);
  const next = await addFirstPasskey();
  // Whoever has gone elsewhere meanwhile stays there.
  if (location.pathname === "/signup") navigate(next, { replace: true });
}

/** Where to go on: with a passkey to the start page, else to where one is added. */
async function addFirstPasskey(): Promise<string> {
  try {
    await addOwnPasskey();
    return configuration.home;
  } catch (error) {
    if (error instanceof PasskeyFailure) return `/signup/add-passkey?failed=${error.reason}`;
    toasts.tellFailed(error);
    return "/signup/add-passkey";
  }
}

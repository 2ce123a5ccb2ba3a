import { redeemOneTimeLink } from "../../api/oneTimeLinks.ts";
import { navigate } from "../../router.ts";
import { session } from "../../session.svelte.ts";
import { entryText } from "../../text/entry.ts";
import { toasts } from "../../ui/toasts.svelte.ts";

/** Signs in with a link or with the code that stands for it; who has no passkey adds one first. */
export async function redeemAndGoOn(code: string, redirect: string | undefined): Promise<void> {
  const user = await redeemOneTimeLink(code);
  session.begin(user);
  toasts.tellDone(entryText.link.signedIn);
  const goOn = user.passkeyCount > 0 ? (redirect ?? "/settings/account") : "/signup/add-passkey";
  navigate(goOn, { replace: true });
}

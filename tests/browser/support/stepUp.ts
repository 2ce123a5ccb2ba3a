import type { Person } from "./test.ts";

/** Somebody is there during `act`, and confirms with their passkey whenever they are asked to. */
export async function confirming({ page, authenticator }: Person, act: () => Promise<void>): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Confirm with your passkey" });
  await page.addLocatorHandler(dialog, async () => dialog.getByRole("button", { name: "Confirm" }).click());
  await authenticator.during(act);
  await page.removeLocatorHandler(dialog);
}

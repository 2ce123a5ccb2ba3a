import { expect } from "@playwright/test";
import type { Mailbox } from "./mailbox.ts";
import { confirming } from "./stepUp.ts";
import type { Person } from "./test.ts";
import type { Watch } from "./watch.ts";

export const emailSettings = "/settings/admin/application-configuration#email";

/** Has Postern send through `mailbox`, with everything switched on that people ask for themselves. */
export async function sendThrough(mailbox: Mailbox, person: Person, watch: Watch): Promise<void> {
  const { page } = person;
  // What mail is sent through may be changed only by somebody who has just shown their passkey.
  watch.expectRefusal(401, /application-configuration$/);
  await page.goto(emailSettings);
  await confirming(person, async () => {
    await page.getByLabel("SMTP Host").fill("127.0.0.1");
    await page.getByLabel("SMTP Port").fill(String(mailbox.port));
    await page.getByLabel("SMTP TLS").selectOption("None");
    await page.getByLabel("SMTP From").fill("postern@harbour.example");
    await page.getByLabel("Email Verification").check();
    await page.getByLabel("Email One-Time Access", { exact: true }).check();
    await page.getByLabel("Email One-Time Access by administrators").check();
    await page.getByRole("button", { name: "Save" }).locator("visible=true").click();
    await expect(page.getByText("Email settings updated successfully")).toBeVisible();
  });
}

/** Asks for a link on the sign-in page. */
export async function askForLink({ page }: Person, email: string): Promise<void> {
  await page.goto("/login?redirect=%2Fsettings%2Faudit-log");
  await page.getByRole("link", { name: "Don't have access to your passkey?" }).click();
  await page.getByRole("textbox", { name: "Email" }).fill(email);
  await page.getByRole("button", { name: "Submit" }).click();
  await expect(page.getByRole("heading", { name: "Look into your mailbox" })).toBeFocused();
  await expect(page.getByText(`If an account has the address ${email}, a link is on its way to it.`)).toBeVisible();
}

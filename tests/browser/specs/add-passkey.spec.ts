import { confirming } from "../support/stepUp.ts";
import { expect, test } from "../support/test.ts";

test("who adds a passkey in an old session confirms with the one they have, and goes on", async ({ member, watch }) => {
  const person = await member();
  const { page, authenticator } = person;
  await authenticator.during(async () => {
    await page.getByRole("button", { name: "Add Passkey" }).click();
    await expect(page.getByText("Your passkey is ready")).toBeVisible();
  });

  // As the server answers when the last assertion is more than five minutes ago.
  watch.expectRefusal(401, /webauthn\/register\/start$/);
  await page.route("**/webauthn/register/start", (route) =>
    route.fulfill({ status: 401, json: { error: "Reauthentication required", code: "reauthentication_required" } }), { times: 2 });
  await page.goto("/signup/add-passkey");
  await page.getByRole("button", { name: "Add Passkey" }).click();
  const dialog = page.getByRole("dialog", { name: "Confirm with your passkey" });
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("alert")).toContainText("Reauthentication required");
  await expect(page.getByRole("button", { name: "Add Passkey" })).toBeEnabled();

  const started = page.waitForResponse((response) => response.url().endsWith("/register/start") && response.ok());
  await confirming(person, async () => {
    await page.getByRole("button", { name: "Add Passkey" }).click();
    await started;
  });
  await expect(dialog).toBeHidden();
});

import { expect, test } from "../support/test.ts";

test("who adds a passkey in an old session confirms with the one they have, and goes on", async ({ member, watch }) => {
  const { page, authenticator } = await member();
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
  await expect(page.getByText("Reauthentication required")).toBeVisible();
  await expect(page.getByRole("button", { name: "Add Passkey" })).toBeEnabled();

  const started = page.waitForResponse((response) => response.url().endsWith("/register/start") && response.ok());
  await authenticator.during(async () => {
    await page.getByRole("button", { name: "Add Passkey" }).click();
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await started;
  });
  await expect(dialog).toBeHidden();
});

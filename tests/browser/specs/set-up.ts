// The first test of every run: a fresh server gets its administrator.

import { keepAdministrator } from "../support/api.ts";
import { setupToken } from "../support/environment.ts";
import { expect, test } from "../support/test.ts";

test("the first visitor with the set-up link becomes the administrator, and has a passkey", async ({ visitor, watch }) => {
  const { page, context, authenticator } = await visitor();

  await page.goto("/");
  await expect(page).toHaveURL("/setup");

  if (setupToken) {
    watch.expectRefusal(403, /signup\/setup$/);
    await page.getByLabel("Username").fill("keeper");
    await page.getByLabel("Email").fill("keeper@harbour.example");
    await page.getByLabel("Set-up token").fill("not-the-token");
    await page.getByRole("button", { name: "Create administrator" }).click();
    await expect(page.getByText("The set-up token is missing or wrong")).toBeVisible();
  }

  await page.goto(`/setup?token=${encodeURIComponent(setupToken)}`);
  await page.getByLabel("First name").fill("Marguerite");
  await page.getByLabel("Last name").fill("Ansel");

  watch.expectRefusal(400, /signup\/setup$/);
  await page.getByLabel("Username").fill("no spaces please");
  await page.getByLabel("Email").fill("marguerite@harbour.example");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Username")).toBeFocused();

  await page.getByLabel("Username").fill("marguerite");
  await page.getByRole("button", { name: "Create administrator" }).click();
  await expect(page.getByText("Administrator created successfully")).toBeVisible();
  await expect(page).toHaveURL("/signup/add-passkey");
  await expect(page.getByText("Without another administrator you are locked out")).toBeVisible();

  await authenticator.during(async () => {
    await page.getByRole("button", { name: "Add Passkey" }).click();
    await expect(page.getByRole("heading", { name: "Your passkey is ready" })).toBeFocused();
  });
  await page.getByLabel("Passkey name").fill("Harbour laptop");
  await page.getByRole("button", { name: "Save and continue" }).click();
  await expect(page).toHaveURL("/settings/account");
  await expect(page.getByText("Harbour laptop")).toBeVisible();
  await expect(page.getByText("Single Passkey Configured")).toBeVisible();

  const [credential] = await authenticator.credentials();
  if (!credential) throw new Error("the authenticator kept no passkey");
  keepAdministrator({ storageState: await context.storageState(), credential });
});

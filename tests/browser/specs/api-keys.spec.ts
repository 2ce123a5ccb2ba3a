import { unique } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test("an API key is made, shown once, works, and is revoked", async ({ member, playwright, baseURL, watch }) => {
  const { page, user } = await member();
  await page.goto("/settings/admin/api-keys");
  await expect(page.getByRole("heading", { name: "No API keys yet" })).toBeVisible();

  await page.getByRole("button", { name: "Add API Key" }).click();
  const making = page.getByRole("dialog", { name: "Add API Key" });
  watch.expectRefusal(400, /api-keys$/);
  await making.getByLabel("Name").fill("x");
  await making.getByRole("button", { name: "Create API Key" }).click();
  await expect(making.getByLabel("Name")).toHaveAttribute("aria-invalid", "true");
  const name = unique("Backup");
  await making.getByLabel("Name").fill(name);
  await making.getByLabel("Expiration").selectOption("30 days");
  await making.getByRole("button", { name: "Create API Key" }).click();

  const told = page.getByRole("dialog", { name: "Your new API key" });
  await expect(told.getByText("shown only now")).toBeVisible();
  const token = await told.getByLabel("API key", { exact: true }).inputValue();
  const program = await playwright.request.newContext({ baseURL: baseURL!, extraHTTPHeaders: { "X-API-Key": token } });
  expect((await (await program.get("/api/users/me")).json()).id).toBe(user.id);
  await page.mouse.click(5, 5);
  await page.keyboard.press("Escape");
  await expect(told.getByText("press Escape again to close")).toBeVisible();
  await told.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("rowheader", { name })).toBeVisible();
  expect(await page.content()).not.toContain(token);

  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Revoke" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("API key revoked successfully")).toBeVisible();
  await expect(page.getByRole("heading", { name: "No API keys yet" })).toBeVisible();
  expect((await program.get("/api/users/me")).status()).toBe(401);
  await program.dispose();
});

test("an act that needs a fresh assertion asks for it, and goes on", async ({ member, watch }) => {
  const { page, authenticator } = await member();
  await authenticator.during(async () => {
    await page.getByRole("button", { name: "Add Passkey" }).click();
    await expect(page.getByRole("heading", { name: "Your passkey is ready" })).toBeVisible();
  });
  await page.getByRole("button", { name: "Save and continue" }).click();
  await page.goto("/settings/admin/api-keys");
  await page.getByRole("button", { name: "Add API Key" }).click();
  const making = page.getByRole("dialog", { name: "Add API Key" });
  await making.getByLabel("Name").fill("Terraform");

  // Nobody waits five minutes here: the server's answer to an old assertion is put in its place, once.
  watch.expectRefusal(401, /api-keys$/);
  const tooOld = { error: "Please confirm with your passkey first", code: "reauthentication_required" };
  await page.route("**/api/api-keys", (route) => route.fulfill({ status: 401, json: tooOld }), { times: 1 });
  await making.getByRole("button", { name: "Create API Key" }).click();
  const asking = page.getByRole("dialog", { name: "Confirm with your passkey" });
  await authenticator.during(async () => {
    await asking.getByRole("button", { name: "Confirm" }).click();
    await expect(page.getByRole("dialog", { name: "Your new API key" })).toBeVisible();
  });
});

test("a confirmation that is declined leaves everything as it was", async ({ member, watch }) => {
  const { page } = await member();
  await page.goto("/settings/admin/api-keys");
  await page.getByRole("button", { name: "Add API Key" }).click();
  const making = page.getByRole("dialog", { name: "Add API Key" });
  await making.getByLabel("Name").fill("Terraform");
  watch.expectRefusal(401, /api-keys$/);
  const tooOld = { error: "Please confirm with your passkey first", code: "reauthentication_required" };
  await page.route("**/api/api-keys", (route) => route.fulfill({ status: 401, json: tooOld }), { times: 1 });
  await making.getByRole("button", { name: "Create API Key" }).click();
  const asking = page.getByRole("dialog", { name: "Confirm with your passkey" });
  await expect(asking.getByText("You have no passkey yet.")).toBeVisible();
  await asking.getByRole("button", { name: "Cancel" }).click();
  await expect(making.getByText("Please confirm with your passkey first")).toBeVisible();
  await expect(making.getByLabel("Name")).toHaveValue("Terraform");
});

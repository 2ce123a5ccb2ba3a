import { expect, test } from "../support/test.ts";

test("who goes back before a page has come stays where the address says", async ({ admin }) => {
  const { page } = await admin();
  await page.goto("/settings/account");
  await expect(page.getByRole("heading", { name: "My Account" })).toBeVisible();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  const loaded = page.waitForResponse(/\.js$/);
  await page.getByRole("link", { name: "API Keys" }).click();
  await expect(page).toHaveURL(/\/api-keys$/);
  await page.goBack();
  release();
  await loaded;
  await page.waitForLoadState("networkidle");
  await expect(page).toHaveURL("/settings/account");
  await expect(page.getByRole("heading", { name: "My Account" })).toBeVisible();
});

test("a link to the page that one is on shows what its address says", async ({ admin }) => {
  const { page } = await admin();
  const places = page.getByRole("navigation");
  await page.goto("/settings/admin/users?search=nobody-is-called-this");
  await expect(page.getByRole("heading", { name: "Nobody found" })).toBeVisible();
  await places.getByRole("link", { name: "Users", exact: true }).click();
  await expect(page.getByRole("table")).toBeVisible();
  await expect(page.getByLabel("Search users")).toHaveValue("");
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Nobody found" })).toBeVisible();

  await page.goto("/settings/audit-log?event=API_KEY_REVOKED");
  await expect(page.getByLabel("Event")).toHaveValue("API_KEY_REVOKED");
  await places.getByRole("link", { name: "Audit Log" }).click();
  await expect(page.getByLabel("Event")).toHaveValue("");

  await page.goto("/settings/admin/application-configuration#passkeys");
  await expect(page.getByLabel("User Verification")).toBeVisible();
  await places.getByRole("link", { name: "Application Configuration" }).click();
  await expect(page.getByLabel("Application Name")).toBeVisible();
});

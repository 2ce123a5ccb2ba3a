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

// Who is no administrator never downloads what administrators see.

import { expect, test } from "../support/test.ts";

/** The chunks are named after the components in `pages/users` and `pages/user`. */
const administration = /\/assets\/(Users?|AddUserDialog|OneTimeLinkDialog|QrCode)-/;

test("a user without privileges loads no administration code", async ({ member }) => {
  const { page } = await member();
  const loaded: string[] = [];
  page.on("request", (request) => loaded.push(request.url()));

  for (const path of ["/settings/account", "/settings/admin/users", "/settings/admin/users/1"]) {
    await page.goto(path);
    await expect(page).toHaveURL("/settings/account");
    await expect(page.getByRole("heading", { name: "My Account" })).toBeVisible();
    await expect(page.getByRole("heading", { name: "Sessions" })).toBeVisible();
  }
  await expect(page.getByRole("link", { name: "Users" })).toHaveCount(0);
  expect(loaded.filter((url) => administration.test(url))).toEqual([]);
});

test("an administrator does load it", async ({ admin }) => {
  const { page } = await admin();
  const users = page.waitForRequest(administration);
  await page.goto("/settings/admin/users");
  await users;
});

import { expect, pretend, test } from "../support/test.ts";

test("a revoked link says that it doesn't work any more", async ({ administrator, visitor, watch }) => {
  const user = await administrator.createUser();
  const link = await administrator.createLink(user);
  const { page } = await visitor();
  await page.goto(link.path);
  await expect(page.getByText("This link signs you in as")).toBeVisible();

  await administrator.revokeLink(user, link.id);
  watch.expectRefusal(401, /one-time-access-token/);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "This link doesn't work any more" })).toBeFocused();
});

test("a pasted link or code leads to its page, anything else is refused at once", async ({ administrator, visitor }) => {
  const { path } = await administrator.createLink(await administrator.createUser());
  const { page } = await visitor();
  await page.goto("/login");
  await page.getByRole("link", { name: "Don't have access to your passkey?" }).click();
  await expect(page.getByRole("heading", { name: "Other ways to sign in" })).toBeFocused();

  await page.getByLabel("Link or code").fill("hello there");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("This is neither a one-time link nor a code")).toBeVisible();
  await expect(page.getByLabel("Link or code")).toBeFocused();

  await page.getByLabel("Link or code").fill(` https://anywhere.example${path}\n`);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page).toHaveURL(path);

  await page.goto("/lc");
  await page.getByLabel("Link or code").fill(path.slice("/lc/".length));
  await page.getByLabel("Link or code").press("Enter");
  await expect(page.getByText("This link signs you in as")).toBeVisible();
});

test("who is signed in is told that the link replaces that session", async ({ administrator, admin }) => {
  const { path } = await administrator.createLink(await administrator.createUser());
  const { page } = await admin();
  await page.goto(path);
  await expect(page.getByText("You are signed in as marguerite in this browser")).toBeVisible();
});

test("an administrator sees active links with who made them, and revokes one", async ({ administrator, admin, visitor, watch }) => {
  const user = await administrator.createUser();
  const { path } = await administrator.createLink(user);
  const { page } = await admin();
  await page.goto(`/settings/admin/users/${user.id}#one-time-links`);
  await expect(page.getByText("Made by marguerite")).toBeVisible();
  await page.getByRole("button", { name: "New One-Time Link" }).click();
  const dialog = page.getByRole("dialog", { name: "One-Time Link" });
  await dialog.getByRole("button", { name: /^Revoke/ }).click();
  await expect(page.getByText("One-time link revoked successfully")).toBeVisible();
  await expect(dialog.getByText("No active links.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(page.getByText("Revoked", { exact: true })).toBeVisible();

  watch.expectRefusal(401, /one-time-access-token/);
  const { page: late } = await visitor();
  await late.goto(path);
  await expect(late.getByRole("heading", { name: "This link doesn't work any more" })).toBeVisible();
});

test("who skips the passkey is told what that means, on the account page too", async ({ member }) => {
  const { page } = await member();
  await pretend(page, "emailOneTimeAccessAsUnauthenticatedEnabled", "false");
  await page.reload();
  await expect(page.getByText("only a new one-time link from an administrator lets you in again")).toBeVisible();
  await pretend(page, "emailOneTimeAccessAsUnauthenticatedEnabled", "true");
  await page.reload();
  await expect(page.getByText("only a new one-time link lets you in again: by email, or from an administrator")).toBeVisible();
  await page.getByRole("link", { name: "Skip for now" }).click();
  await expect(page.getByText("Passkey missing")).toBeVisible();
});

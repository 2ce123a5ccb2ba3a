import { withoutAutofill } from "../support/authenticator.ts";
import { tabTo } from "../support/keyboard.ts";
import { expect, signedOut, test } from "../support/test.ts";

test("one signs in with the keyboard alone", async ({ admin }) => {
  const { page, context, authenticator } = await admin(signedOut);
  await withoutAutofill(context);
  await page.goto("/login");
  await tabTo(page, "Don't have access to your passkey?");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Other ways to sign in" })).toBeFocused();
  await tabTo(page, "Back to sign-in");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Sign in to" })).toBeFocused();
  await tabTo(page, "Authenticate");
  await authenticator.during(async () => {
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "My Account" })).toBeFocused();
  });
});

test("one makes a link with the keyboard alone, and the focus comes back to the three dots", async ({ administrator, admin }) => {
  const user = await administrator.createUser();
  const { page } = await admin();
  await page.goto(`/settings/admin/users?search=${user.username}`);
  await expect(page.getByText("1 user found")).toBeVisible();

  const dots = page.getByRole("button", { name: `Actions for ${user.displayName}` });
  await tabTo(page, `Actions for ${user.displayName}`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Edit" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "One-Time Link" })).toBeFocused();
  await page.keyboard.press("Enter");

  const dialog = page.getByRole("dialog", { name: "One-Time Link" });
  await expect(dialog).toBeVisible();
  await tabTo(page, "Expiration Time");
  await page.keyboard.press("ArrowDown");
  await expect(dialog.getByLabel("Expiration Time")).toHaveValue("43200");
  await tabTo(page, "Generate Link");
  await page.keyboard.press("Enter");
  await expect(dialog.getByLabel("Link", { exact: true })).toBeFocused();

  // The focus stays inside, all the way round.
  for (let presses = 0; presses < 12; presses += 1) {
    await page.keyboard.press("Tab");
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  // The link can't be had again, so one slip does not lose it.
  await page.keyboard.press("Escape");
  await expect(dialog.getByRole("alert")).toContainText("shown only once");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(dots).toBeFocused();
});

test("a menu has the focus at once, so that the next key is never lost", async ({ admin }) => {
  const { page } = await admin();
  await page.goto("/settings/admin/users");
  const dots = page.getByRole("button", { name: "More actions" });
  const focused = await dots.evaluate((button) => {
    button.click();
    return document.activeElement?.textContent?.trim();
  });
  expect(focused).toBe(await page.getByRole("menuitem").first().textContent().then((label) => label?.trim()));
});

test("the first Tab on an inner page offers to skip to the content", async ({ admin }) => {
  const { page } = await admin();
  await page.goto("/settings/account");
  await expect(page.getByRole("heading", { name: "My Account" })).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("single keys search, add a user and explain themselves, but not while one types, and they can be switched off", async ({ admin }) => {
  const { page } = await admin();
  await page.goto("/settings/admin/users");
  await expect(page.getByRole("table")).toBeVisible();

  await page.keyboard.press("/");
  await expect(page.getByLabel("Search users")).toBeFocused();
  await page.keyboard.type("n?");
  await expect(page.getByLabel("Search users")).toHaveValue("n?");
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.getByRole("heading", { name: "Users" }).focus();
  await page.keyboard.press("n");
  await expect(page.getByRole("dialog", { name: "Add User" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard" });
  await help.getByLabel("Keyboard shortcuts").uncheck();
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
  await page.keyboard.press("n");
  await expect(page.getByRole("dialog")).toBeHidden();

  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Keyboard shortcuts" }).click();
  await help.getByLabel("Keyboard shortcuts").check();
});

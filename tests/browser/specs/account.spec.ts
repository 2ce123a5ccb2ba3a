import { confirming } from "../support/stepUp.ts";
import { expect, test } from "../support/test.ts";

test("a passkey is added, renamed and deleted", async ({ member, watch }) => {
  const person = await member();
  const { page, authenticator } = person;
  await page.goto("/settings/account");
  await authenticator.during(async () => {
    await page.getByRole("button", { name: "Add Passkey" }).click();
    await expect(page.getByText("Passkey added successfully")).toBeVisible();
  });
  const naming = page.getByRole("dialog", { name: "Name your passkey" });
  await naming.getByLabel("Name").fill("Phone");
  await naming.getByRole("button", { name: "Save" }).click();
  await expect(naming).toBeHidden();
  await expect(page.getByRole("button", { name: "Add Passkey" })).toBeFocused();

  await page.getByRole("button", { name: "Rename Phone" }).click();
  const renaming = page.getByRole("dialog", { name: "Rename passkey" });
  await renaming.getByLabel("Name").fill("Old phone");
  await renaming.getByLabel("Name").press("Enter");
  await expect(page.getByText("Passkey renamed successfully")).toBeVisible();

  await page.getByRole("button", { name: "Delete Old phone" }).click();
  const deleting = page.getByRole("dialog", { name: "Delete “Old phone”?" });
  await expect(deleting.getByText("This is your only passkey")).toBeVisible();
  watch.expectRefusal(401, /webauthn\/credentials\//);
  await confirming(person, async () => {
    await deleting.getByRole("button", { name: "Delete" }).click();
    await expect(page.getByText("Passkey deleted successfully")).toBeVisible();
  });
  await expect(page.getByText("Passkey missing")).toBeVisible();
});

test("a session on another device is signed out from here", async ({ administrator, member, visitor, watch }) => {
  const { page, user } = await member();
  const { page: other } = await visitor();
  await other.goto((await administrator.createLink(user)).path);
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other.getByRole("heading", { name: "Set up your passkey" })).toBeVisible();

  await page.goto("/settings/account");
  await expect(page.getByText("This session", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^Sign out Chrom/ }).click();
  await expect(page.getByText("Session signed out successfully")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Sign out Chrom/ })).toHaveCount(0);

  watch.expectRefusal(401, /users\/me$/);
  await other.goto("/settings/account");
  await expect(other).toHaveURL(/\/login/);
});

test("a session that ended elsewhere leads to sign-in at the next act", async ({ member, watch }) => {
  const { page, context } = await member();
  await page.goto("/settings/account");
  await expect(page.getByText("Passkey missing")).toBeVisible();
  await expect(page.getByText("This session", { exact: true })).toBeVisible();
  await context.clearCookies();
  watch.expectRefusal(401, /webauthn\/register\/start$/);
  await page.getByRole("button", { name: "Add Passkey" }).click();
  await expect(page).toHaveURL("/login?redirect=%2Fsettings%2Faccount");
});

test("people edit their own details; the sidebar knows at once", async ({ member, watch }) => {
  const { page, user } = await member();
  await page.goto("/settings/account");
  await page.getByLabel("First name").fill("Tomasz");
  await page.getByLabel("Display Name").fill("Tomasz O.");
  await page.getByLabel("Username").fill(`${user.username}.new`);
  await page.getByLabel("Language").selectOption("Deutsch");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Account details updated successfully")).toBeVisible();
  await expect(page.getByRole("banner").getByText(`${user.username}.new`)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Display Name")).toHaveValue("Tomasz O.");

  watch.expectRefusal(400, /users\/me$/);
  await page.getByLabel("Username").fill("not allowed!");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Username")).toBeFocused();
});

test("who may not edit their details any more is told that they stayed", async ({ administrator, member }) => {
  const { page } = await member();
  await page.goto("/settings/account");
  await page.getByLabel("First name").fill("Tomasz");
  await administrator.configure({ allowOwnAccountEdit: "false" });
  try {
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText(/stayed as they were: .*First name/)).toBeVisible();
    await expect(page.getByLabel("First name")).toHaveValue("Tomás");
  } finally {
    await administrator.configure({ allowOwnAccountEdit: "true" });
  }
});

test("all other sessions end at once", async ({ administrator, member, visitor, watch }) => {
  const { page, user } = await member();
  const { page: other } = await visitor();
  await other.goto((await administrator.createLink(user)).path);
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other.getByRole("heading", { name: "Set up your passkey" })).toBeVisible();

  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(page.getByText("Signed out everywhere else successfully")).toBeVisible();
  await expect(page.getByText("This session", { exact: true })).toBeVisible();

  watch.expectRefusal(401, /users\/me$/);
  await other.goto("/settings/account");
  await expect(other).toHaveURL(/\/login/);
});

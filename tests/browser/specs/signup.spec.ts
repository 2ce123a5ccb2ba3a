// People make their own accounts: with an administrator's signup token, or by themselves.

import type { Page } from "@playwright/test";
import { unique } from "../support/api.ts";
import { tabTo } from "../support/keyboard.ts";
import { expect, pretend, test } from "../support/test.ts";

const closed = { allowUserSignups: "disabled", signupRequiresApproval: "false", signupAllowedEmailDomains: "[]" };

test.afterEach(({ administrator }) => administrator.configure(closed));

async function fillIn(page: Page, username = unique("ines")): Promise<string> {
  await page.getByLabel("First name").fill("Inês");
  await page.getByLabel("Last name").fill("Lindqvist");
  await page.getByLabel("Email").fill(`${username}@harbour.example`);
  await expect(page.getByLabel("Username")).toHaveValue(username);
  return username;
}

const signUp = (page: Page) => page.getByRole("button", { name: "Sign Up" });

test("with the keyboard alone, a signup token becomes an account with a passkey", async ({ admin, visitor }) => {
  const { page: office } = await admin();

  await test.step("the administrator lets people sign up with tokens", async () => {
    await office.goto("/settings/admin/application-configuration#user-creation");
    await expect(office.getByLabel("Enable User Signups")).toHaveValue("disabled");
    await tabTo(office, "Enable User Signups");
    await office.keyboard.press("ArrowDown");
    await expect(office.getByLabel("Enable User Signups")).toHaveValue("withToken");
    await tabTo(office, /^Save$/);
    await office.keyboard.press("Enter");
    await expect(office.getByText("User Creation settings updated successfully")).toBeVisible();
  });

  const link = await test.step("and makes a token", async () => {
    await office.goto("/settings/admin/users");
    await expect(office.getByRole("table")).toBeVisible();
    await tabTo(office, "More actions");
    await office.keyboard.press("Enter");
    await office.keyboard.press("ArrowDown");
    await expect(office.getByRole("menuitem", { name: "Create Signup Token" })).toBeFocused();
    await office.keyboard.press("Enter");
    const dialog = office.getByRole("dialog", { name: "Create Signup Token" });
    await expect(dialog.getByLabel("Expiration")).toHaveValue("86400");
    await tabTo(office, "Usage Limit");
    await office.keyboard.type("2");
    await tabTo(office, /^Create$/);
    await office.keyboard.press("Enter");
    const made = office.getByRole("dialog", { name: "Signup token created" });
    await expect(made.getByText("Good for 2 uses")).toBeVisible();
    await expect(made.getByLabel("Link", { exact: true })).toBeFocused();
    const shown = await made.getByLabel("Link", { exact: true }).inputValue();
    await office.keyboard.press("Escape");
    await expect(office.getByRole("button", { name: "Add User" })).toBeFocused();
    return shown;
  });

  const { page, context, authenticator } = await visitor();
  const referers: string[] = [];
  context.on("request", (request) => referers.push(request.headers()["referer"] ?? ""));

  await test.step("the newcomer opens the link, which uses nothing up", async () => {
    await page.goto("/login");
    await expect(page.getByRole("link", { name: "Sign up" })).toBeHidden();
    await page.goto(link);
    for (const _ of ["opened", "reloaded"]) {
      await expect(page).toHaveURL(/\/signup\?token=/);
      await expect(signUp(page)).toBeVisible();
      await page.reload();
    }
  });

  await test.step("and makes the account and its passkey in one step", async () => {
    const username = unique("ines");
    await tabTo(page, "First name");
    await page.keyboard.type("Inês");
    await tabTo(page, "Last name");
    await page.keyboard.type("Lindqvist");
    await expect(page.getByLabel("Username")).toHaveValue("ines.lindqvist");
    await tabTo(page, "Email");
    await page.keyboard.type(`${username}@harbour.example`);
    await tabTo(page, "Username");
    await expect(page.getByLabel("Username")).toHaveValue(username);
    await authenticator.during(async () => {
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { name: "My Account" })).toBeFocused();
    });
    await expect(page.getByText("Single Passkey Configured")).toBeVisible();
  });

  await test.step("the way back leads past the form", async () => {
    await page.goBack();
    await expect(page).toHaveURL("/settings/account");
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "You have an account" })).toBeVisible();
    await expect(signUp(page)).toBeHidden();
  });

  expect(referers.filter((referer) => referer.includes("token") || referer.includes("/st/"))).toEqual([]);
});

test("what is refused is shown at its field, and costs no use", async ({ administrator, visitor, watch }) => {
  const { username: taken } = await administrator.createUser();
  const { path } = await administrator.createSignupToken();
  await administrator.configure({ signupAllowedEmailDomains: '["harbour.example","quay.example"]' });
  const { page } = await visitor();
  await page.goto(path);
  await expect(page.getByText("An address at harbour.example or quay.example.")).toBeVisible();

  watch.expectRefusal(400, /api\/signup$/);
  const username = await fillIn(page);
  await page.getByLabel("Email").fill(`${username}@elsewhere.example`);
  await page.getByLabel("Username").fill("-wrong-");
  await signUp(page).click();
  await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
  await page.getByLabel("Username").fill(username);
  await signUp(page).click();
  await expect(page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Email")).toBeFocused();

  watch.expectRefusal(409, /api\/signup$/);
  await page.getByLabel("Email").fill(`${username}@quay.example`);
  await page.getByLabel("Username").fill(taken.toUpperCase());
  await signUp(page).click();
  await expect(page.getByText("Username is already in use")).toBeVisible();
  await expect(page.getByLabel("Username")).toBeFocused();

  await page.getByLabel("Username").fill(username);
  await page.reload();
  await expect(signUp(page)).toBeVisible();
});

test("an aborted ceremony leaves an account that goes on with its passkey", async ({ administrator, visitor }) => {
  const { path } = await administrator.createSignupToken();
  const { page, authenticator } = await visitor();
  await page.goto(path);
  await fillIn(page);
  await authenticator.verified(false);
  await authenticator.during(async () => {
    await signUp(page).click();
    await expect(page.getByRole("heading", { name: "Set up your passkey" })).toBeFocused();
  });
  await expect(page.getByText("Your account was created; only its passkey is missing.")).toBeVisible();
  await expect(page.getByText("No passkey was made")).toBeVisible();

  await authenticator.verified(true);
  await authenticator.during(async () => {
    await page.getByRole("button", { name: "Add Passkey" }).click();
    await expect(page.getByRole("heading", { name: "Your passkey is ready" })).toBeFocused();
  });
});

test("a browser without passkeys makes the account too, and says what skipping means", async ({ administrator, visitor }) => {
  await administrator.configure({ allowUserSignups: "open" });
  const { page, context } = await visitor();
  await context.addInitScript(() => Reflect.deleteProperty(window, "PublicKeyCredential"));
  await pretend(page, "emailOneTimeAccessAsUnauthenticatedEnabled", "false");
  await page.goto("/login");
  await page.getByRole("link", { name: "Sign up" }).click();
  await expect(page.getByRole("heading", { name: "Sign up for" })).toBeFocused();
  await fillIn(page);
  await signUp(page).click();
  await expect(page.getByText("This browser has no passkeys")).toBeVisible();
  await expect(page.getByText("only a new one-time link from an administrator lets you in again")).toBeVisible();
  await page.getByRole("link", { name: "Skip for now" }).click();
  await expect(page.getByText("Passkey missing")).toBeVisible();
});

test("an account that waits is approved, and comes in by a one-time link", async ({ administrator, admin, visitor, watch }) => {
  await administrator.configure({ allowUserSignups: "open", signupRequiresApproval: "true" });
  const { page } = await visitor();
  await page.goto("/signup");
  const username = await fillIn(page);
  await signUp(page).click();
  await expect(page.getByRole("heading", { name: "Your account waits for approval" })).toBeFocused();
  await page.reload();
  await expect(page.getByText("the administrator gives you a one-time link")).toBeVisible();
  watch.expectRefusal(401, /users\/me$/);
  await page.goto("/settings/account");
  await expect(page).toHaveURL(/\/login/);

  const { page: office } = await admin();
  await office.goto(`/settings/admin/users?search=${username}`);
  await office.getByRole("button", { name: "Filters" }).click();
  await office.getByLabel("Approval").selectOption("Awaiting approval");
  await expect(office.getByRole("rowheader").getByText("Awaiting approval")).toBeVisible();
  await office.getByRole("button", { name: "Actions for Inês Lindqvist" }).click();
  await office.getByRole("menuitem", { name: "Approve" }).click();
  await expect(office.getByText("User approved successfully")).toBeVisible();
  const dialog = office.getByRole("dialog", { name: "One-Time Link" });
  await dialog.getByRole("button", { name: "Generate Link" }).click();
  await page.goto(await dialog.getByLabel("Link", { exact: true }).inputValue());
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Set up your passkey" })).toBeFocused();
});

test("a link that was revoked, used up or never made says so, also to who has filled in the form", async ({ administrator, visitor, watch }) => {
  watch.expectRefusal(401, /api\/signup/);
  const { page } = await visitor();
  const dead = page.getByRole("heading", { name: "This sign-up link doesn't work any more" });
  await page.goto("/st/never-made");
  await expect(dead).toBeFocused();

  const { id, path } = await administrator.createSignupToken();
  await page.goto(path);
  await fillIn(page);
  await administrator.revokeSignupToken(id);
  await signUp(page).click();
  await expect(dead).toBeFocused();

  const used = await administrator.createSignupToken();
  const username = unique("first");
  const body = { username, email: `${username}@harbour.example`, firstName: "", lastName: "", token: used.token };
  expect((await page.context().request.post("/api/signup", { data: body })).status()).toBe(201);
  await page.context().clearCookies();
  await page.goto(used.path);
  await expect(dead).toBeFocused();
  await administrator.configure({ allowUserSignups: "open" });
  await page.reload();
  await page.getByRole("button", { name: "Sign up without a link" }).click();
  await expect(page.getByRole("heading", { name: "Sign up for" })).toBeFocused();
  await expect(page).toHaveURL(/\/signup$/);
});

test("a form in a second tab makes no second account", async ({ administrator, visitor }) => {
  const { path } = await administrator.createSignupToken({ usageLimit: 5 });
  const { page, context, authenticator } = await visitor();
  let accounts = 0;
  context.on("request", (request) => (accounts += Number(request.method() === "POST" && request.url().endsWith("/api/signup"))));
  const second = await context.newPage();
  await second.goto(path);
  await fillIn(second);
  // A browser asks for a passkey only in the tab that is looked at.
  await page.bringToFront();
  await page.goto(path);
  await fillIn(page);
  await authenticator.during(async () => {
    // Twice: the second press finds the first at work.
    await signUp(page).dblclick();
    await expect(page.getByRole("heading", { name: "My Account" })).toBeFocused();
  });
  await signUp(second).click();
  await expect(second.getByRole("heading", { name: "You have an account" })).toBeFocused();
  expect(accounts).toBe(1);

  await second.getByRole("button", { name: "Sign out Inês Lindqvist" }).click();
  await expect(second.getByRole("heading", { name: "Sign up for" })).toBeFocused();
});

test("without a link the page says what is needed", async ({ administrator, visitor, watch }) => {
  const { page } = await visitor();
  await page.goto("/signup");
  await expect(page.getByRole("heading", { name: "Sign-up is closed" })).toBeVisible();
  await administrator.configure({ allowUserSignups: "withToken" });
  await page.reload();
  await expect(page.getByRole("heading", { name: "You need a sign-up link" })).toBeVisible();

  await administrator.configure({ allowUserSignups: "open" });
  await page.reload();
  await fillIn(page);
  watch.expectRefusal(403, /api\/signup$/);
  await administrator.configure({ allowUserSignups: "withToken" });
  await signUp(page).click();
  await expect(page.getByRole("heading", { name: "You need a sign-up link" })).toBeFocused();
});

test("tokens are listed, copied and revoked, with who used them", async ({ administrator, admin, visitor }) => {
  const group = await administrator.createGroup(unique("Newcomers"));
  const { token, path } = await administrator.createSignupToken({ usageLimit: 3, userGroupIds: [group.id] });
  const { page } = await visitor();
  const username = unique("user");
  const body = { username, email: `${username}@harbour.example`, firstName: "", lastName: "", token };
  expect((await page.context().request.post("/api/signup", { data: body })).status()).toBe(201);

  const { page: office } = await admin({ permissions: ["clipboard-read", "clipboard-write"] });
  await office.goto("/settings/admin/users");
  await office.getByRole("button", { name: "More actions" }).click();
  await office.getByRole("menuitem", { name: "View Active Signup Tokens" }).click();
  await expect(office.getByRole("heading", { name: "Signup Tokens" })).toBeFocused();
  const row = office.getByRole("row").filter({ hasText: token.slice(0, 8) });
  await expect(row.getByRole("cell", { name: "Active", exact: true })).toBeVisible();
  await expect(row).toContainText(group.friendlyName);
  await expect(row).toContainText("by marguerite");

  await row.getByRole("button", { name: "Copy link" }).click();
  await expect(office.getByText("Link copied to clipboard")).toBeVisible();
  expect(await office.evaluate(() => navigator.clipboard.readText())).toBe(new URL(path, office.url()).href);
  await row.getByRole("button", { name: /^1 of 3/ }).click();
  await expect(office.getByRole("link", { name: username })).toBeVisible();
  await row.getByRole("button", { name: "Actions for" }).click();
  await office.getByRole("menuitem", { name: "View" }).click();
  await expect(office.getByRole("dialog").getByRole("img", { name: "QR code of the link" })).toBeVisible();
  await office.keyboard.press("Escape");

  await row.getByRole("button", { name: "Actions for" }).click();
  await office.getByRole("menuitem", { name: "Revoke" }).click();
  await office.getByRole("dialog", { name: "Revoke this signup token?" }).getByRole("button", { name: "Revoke" }).click();
  await expect(office.getByText("Signup token revoked successfully")).toBeVisible();
  await expect(row).toHaveCount(0);
  await office.getByLabel("Show expired").check();
  await expect(office).toHaveURL(/expired=true/);
});

test("more than a hundred uses have to be meant", async ({ admin }) => {
  const { page } = await admin();
  await page.goto("/settings/admin/users/signup-tokens");
  await page.getByRole("button", { name: "Create Signup Token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Usage Limit").fill("101");
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await expect(dialog.getByText("Enter a whole number from 1 to 100")).toBeVisible();
  await expect(dialog.getByLabel("Usage Limit")).toBeFocused();
  await dialog.getByLabel("More than 100 uses").check();
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByText("Signup token created successfully")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByText("0 of 101")).toBeVisible();
});

test("allowed domains are added, refused and removed", async ({ admin }) => {
  const { page } = await admin();
  await page.goto("/settings/admin/application-configuration#user-creation");
  const field = page.getByLabel("New domain");
  await field.fill("Quay.Example, no domain");
  await field.press("Enter");
  await expect(page.getByText("“no” is not a domain name")).toBeVisible();
  await field.fill("harbour.example");
  // Saving takes it: nothing typed is lost.
  await page.getByRole("button", { name: "Save" }).locator("visible=true").first().click();
  await expect(page.getByText("User Creation settings updated successfully")).toBeVisible();
  await page.reload();
  await page.getByRole("button", { name: "Remove quay.example" }).click();
  await expect(page.getByLabel("New domain")).toBeFocused();
  await expect(page.getByRole("button", { name: "Remove harbour.example" })).toBeVisible();
});

test("on a phone in the dark nothing is wider than the screen", async ({ administrator, admin, visitor }) => {
  const { path } = await administrator.createSignupToken();
  const phone = { viewport: { width: 360, height: 640 }, colorScheme: "dark" } as const;
  const { page } = await visitor(phone);
  const { page: office } = await admin(phone);
  const fits = (seen: Page) => seen.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
  await page.goto(path);
  await expect(signUp(page)).toBeVisible();
  expect(await fits(page)).toBe(true);
  await office.goto("/settings/admin/users/signup-tokens");
  await expect(office.getByRole("table")).toBeVisible();
  expect(await fits(office)).toBe(true);
});

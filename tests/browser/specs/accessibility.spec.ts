import type { Page } from "@playwright/test";
import { findsNothing } from "../support/accessibility.ts";
import { unique } from "../support/api.ts";
import { chooseFile } from "../support/files.ts";
import { expect, type Person, test } from "../support/test.ts";

/** Pages that anyone sees, with a text that is there once the page is ready. */
const outside: [path: string, ready: string][] = [
  ["/login", "Choose your passkey from the list"],
  ["/login/alternative", "With a one-time link"],
  ["/lc", "Link or code"],
  ["/lc/not-a-real-code", "This link doesn't work any more"],
  ["/setup", "Set-up is complete"],
  ["/signup", "Sign-up is closed"],
  ["/signup/waiting", "There is no need to sign up again"],
  ["/st/not-a-real-token", "This sign-up link doesn't work any more"],
  ["/logout", "You are signed out"],
  ["/nowhere/at/all", "There is no door here"],
];

/** The sections of a user's page, with a text that is there once each is ready. */
const userSections: [section: string, ready: string][] = [
  ["general", "Disable or delete"],
  ["user-groups", "Member of"],
  ["passkeys", "This user has no passkey yet"],
  ["custom-claims", "There are no custom claims"],
  ["sessions", "This user is not signed in anywhere"],
  ["one-time-links", "Made by marguerite"],
  ["emails", "Nothing was sent to this user"],
];

/** Pages of an administrator that need nothing but them. */
const inside: [path: string, ready: string][] = [
  ["/settings/admin/user-groups", "User Groups"],
  ["/settings/audit-log", " entries"],
  ["/settings/admin/audit-log", " entries"],
  ["/settings/admin/application-configuration#general", "Session Duration"],
  ["/settings/admin/application-configuration#user-creation", "Default Groups"],
  ["/settings/admin/application-configuration#passkeys", "User Verification"],
  ["/settings/admin/application-configuration#email", "Email One-Time Access"],
  ["/settings/admin/application-configuration#ldap", "How the directory is reached"],
  ["/settings/admin/application-configuration#images", "Favicon"],
  ["/api-reference", " operations"],
];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} theme, axe finds nothing`, () => {
    // Contrast is measured on what stands still.
    const options = { colorScheme, reducedMotion: "reduce" } as const;

    for (const [path, ready] of outside) {
      test(`on ${path}`, async ({ visitor, watch }) => {
        watch.expectRefusal(401, /one-time-access-token|signup\/token/);
        watch.expectRefusal(404, /signup\/setup$/);
        const { page } = await visitor(options);
        await page.goto(path);
        await expect(page.getByText(ready).first()).toBeVisible();
        await findsNothing(page);
      });
    }

    test("on a valid one-time link", async ({ administrator, visitor }) => {
      const { page } = await visitor(options);
      await page.goto((await administrator.createLink(await administrator.createUser())).path);
      await expect(page.getByText("This link signs you in as")).toBeVisible();
      await findsNothing(page);
    });

    test("from a signup token to its account", async ({ administrator, visitor, watch }) => {
      const { path } = await administrator.createSignupToken();
      const { page, authenticator } = await visitor(options);
      await page.goto(path);
      await expect(page.getByRole("button", { name: "Sign Up" })).toBeVisible();
      await findsNothing(page);
      watch.expectRefusal(400, /api\/signup$/);
      await page.getByRole("button", { name: "Sign Up" }).click();
      await expect(page.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
      await findsNothing(page);
      await page.getByLabel("Email").fill(`${unique("axe")}@harbour.example`);
      await authenticator.verified(false);
      await authenticator.during(async () => {
        await page.getByRole("button", { name: "Sign Up" }).click();
        await expect(page.getByText("No passkey was made")).toBeVisible();
      });
      await findsNothing(page);
      await page.goto("/signup");
      await expect(page.getByRole("link", { name: "Set up your passkey" })).toBeVisible();
      await findsNothing(page);
    });

    test("on signup tokens and their dialogs", async ({ administrator, admin }) => {
      const { token } = await administrator.createSignupToken();
      const { page } = await admin(options);
      await page.goto("/settings/admin/users/signup-tokens");
      const row = page.getByRole("row").filter({ hasText: token.slice(0, 8) });
      await row.getByRole("button", { name: /^0 of 1/ }).click();
      await expect(page.getByText("Nobody has used it yet.")).toBeVisible();
      await findsNothing(page);
      for (const act of ["View", "Revoke"]) {
        await row.getByRole("button", { name: "Actions for" }).click();
        await page.getByRole("menuitem", { name: act }).click();
        await expect(page.getByRole("dialog")).toBeVisible();
        await findsNothing(page);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toBeHidden();
      }
      await page.getByRole("button", { name: "Create Signup Token" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await findsNothing(page);
      await page.getByRole("button", { name: "Create", exact: true }).click();
      await expect(page.getByRole("img", { name: "QR code of the link" })).toBeVisible();
      await findsNothing(page);
    });

    test("from adding a passkey to the account", async ({ member }) => {
      const { page, authenticator } = await member(options);
      await findsNothing(page);
      await authenticator.during(async () => {
        await page.getByRole("button", { name: "Add Passkey" }).click();
        await expect(page.getByRole("heading", { name: "Your passkey is ready" })).toBeVisible();
      });
      await findsNothing(page);
      await page.getByRole("button", { name: "Save and continue" }).click();
      await accountReady(page);
      await findsNothing(page);
      await page.getByRole("button", { name: /^Rename/ }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await findsNothing(page);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^Delete/ }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await findsNothing(page);
    });

    test("on the list of users, its menu and its dialogs", async ({ administrator, admin }) => {
      const user = await administrator.createUser({ disabled: true });
      const { page } = await admin(options);
      await page.goto("/settings/admin/users");
      await expect(page.getByRole("table")).toBeVisible();
      await findsNothing(page);
      await page.getByRole("button", { name: "Add User" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await findsNothing(page);
      await page.keyboard.press("Escape");
      await openLinkDialog({ page } as Person, user.displayName);
      await findsNothing(page);
      await page.getByRole("button", { name: "Generate Link" }).click();
      await expect(page.getByRole("img", { name: "QR code of the link" })).toBeVisible();
      await findsNothing(page);
    });

    test("on several users at once", async ({ administrator, admin }) => {
      const user = await administrator.createUser();
      const { page } = await admin(options);
      await page.goto(`/settings/admin/users?search=${user.username}&disabled=false`);
      await page.getByRole("button", { name: /^Filters/ }).click();
      await page.getByRole("checkbox", { name: `Select ${user.displayName}` }).check();
      await findsNothing(page);
      await page.getByRole("button", { name: "Delete", exact: true }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await findsNothing(page);
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
      await findsNothing(page);
    });

    test("on importing users", async ({ admin }) => {
      const { page } = await admin(options);
      await page.goto("/settings/admin/users/import");
      await page.getByText("Columns").click();
      await findsNothing(page);
      await chooseFile(page, "staff.csv", "username,email\n,not an address\n");
      await expect(page.getByText("Nothing has been changed yet")).toBeVisible();
      await findsNothing(page);
    });

    test("on groups, keys, logs and the configuration", async ({ admin, watch }) => {
      // Eleven pages, each read by axe.
      test.slow();
      watch.expectRefusal(404, /application-images/);
      const { page } = await admin(options);
      for (const [path, ready] of inside) {
        await page.goto(path);
        await expect(page.getByText(ready).first()).toBeVisible();
        await findsNothing(page);
      }
      await page.goto("/settings/admin/api-keys");
      await page.getByRole("button", { name: "Add API Key" }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await findsNothing(page);
    });

    test("on a group's page", async ({ administrator, admin }) => {
      const { id } = await administrator.createGroup(unique("Night Watch"));
      const user = await administrator.createUser();
      await administrator.addToGroup(id, user);
      const { page } = await admin(options);
      await page.goto(`/settings/admin/user-groups/${id}`);
      await expect(page.getByRole("link", { name: user.displayName })).toBeVisible();
      await findsNothing(page);
      await page.getByRole("button", { name: "Add Claim" }).click();
      await findsNothing(page);
      await page.getByRole("button", { name: "Add Users" }).click();
      await expect(page.getByRole("dialog").getByRole("checkbox").first()).toBeVisible();
      await findsNothing(page);
    });

    test("on a user's page", async ({ administrator, admin }) => {
      const user = await administrator.createUser();
      await administrator.createLink(user);
      const { page } = await admin(options);
      for (const [section, ready] of userSections) {
        await page.goto(`/settings/admin/users/${user.id}#${section}`);
        await expect(page.getByText(ready).first()).toBeVisible();
        await findsNothing(page);
      }
    });
  });
}

async function accountReady(page: Page): Promise<void> {
  await expect(page.getByText("Single Passkey Configured")).toBeVisible();
  await expect(page.getByText("This session", { exact: true })).toBeVisible();
}

async function openLinkDialog({ page }: Pick<Person, "page">, name: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await expect(page.getByRole("menu")).toBeVisible();
  await findsNothing(page);
  await page.getByRole("menuitem", { name: "One-Time Link" }).click();
  await expect(page.getByRole("dialog", { name: "One-Time Link" })).toBeVisible();
}

// What Postern is for: an administrator's one-time link becomes a user's passkey.

import { unique } from "../support/api.ts";
import { withoutAutofill } from "../support/authenticator.ts";
import { expect, test } from "../support/test.ts";

test("an administrator's one-time link becomes a user's passkey", async ({ admin, visitor, watch }) => {
  const username = unique("tomas");
  const { page: office } = await admin({ permissions: ["clipboard-read", "clipboard-write"] });

  await test.step("the administrator creates a user", async () => {
    await office.goto("/settings/account");
    await office.getByRole("link", { name: "Users" }).click();
    await expect(office.getByRole("heading", { name: "Users" })).toBeFocused();
    await office.getByRole("button", { name: "Add User" }).click();
    const dialog = office.getByRole("dialog", { name: "Add User" });
    await dialog.getByLabel("First name").fill("Tomás");
    await dialog.getByLabel("Last name").fill("Okonkwo");
    await expect(dialog.getByLabel("Display Name")).toHaveValue("Tomás Okonkwo");
    await dialog.getByLabel("Username").fill(username);
    await dialog.getByLabel("Email").fill(`${username}@harbour.example`);
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(office.getByText("User created successfully")).toBeVisible();
    await expect(dialog).toBeHidden();
  });

  const link = await test.step("and makes a one-time link", async () => {
    const row = office.getByRole("row").filter({ hasText: username });
    await row.getByRole("button", { name: "Actions for Tomás Okonkwo" }).click();
    await office.getByRole("menuitem", { name: "One-Time Link" }).click();
    const dialog = office.getByRole("dialog", { name: "One-Time Link" });
    await expect(dialog.getByText("An administrator cannot add a passkey for a user")).toBeVisible();
    await expect(dialog.getByLabel("Expiration Time")).toHaveValue("3600");
    await dialog.getByLabel("Expiration Time").selectOption("12 hours");
    await dialog.getByRole("button", { name: "Generate Link" }).click();
    await expect(office.getByText("One-time link created successfully")).toBeVisible();
    await expect(dialog.getByRole("img", { name: "QR code of the link" })).toBeVisible();
    await dialog.getByRole("button", { name: "Copy link" }).click();
    await expect(office.getByText("Link copied to clipboard")).toBeVisible();
    await expect(dialog.getByText("Expires in 12 hours")).toBeVisible();
    const shown = await dialog.getByLabel("Link", { exact: true }).inputValue();
    expect(await office.evaluate(() => navigator.clipboard.readText())).toBe(shown);
    return shown;
  });

  const { page: desk, context, authenticator } = await visitor();

  await test.step("the user sees whom the link is for, and a reload does not use it up", async () => {
    await desk.goto(link);
    for (const _ of ["opened", "reloaded"]) {
      await expect(desk.getByText("This link signs you in as")).toBeVisible();
      await expect(desk.getByText(username, { exact: true })).toBeVisible();
      await desk.reload();
    }
    await desk.getByRole("button", { name: "Continue" }).click();
    await expect(desk.getByRole("heading", { name: "Set up your passkey" })).toBeFocused();
  });

  await test.step("the user registers a passkey", async () => {
    await authenticator.during(async () => {
      await desk.getByRole("button", { name: "Add Passkey" }).click();
      await expect(desk.getByText("Passkey added successfully")).toBeVisible();
    });
    await desk.getByRole("button", { name: "Save and continue" }).click();
    await expect(desk.getByRole("heading", { name: "My Account" })).toBeFocused();
    await expect(desk.getByText("Single Passkey Configured")).toBeVisible();
    await expect(desk.getByText("This session", { exact: true })).toBeVisible();
  });

  await test.step("signs out", async () => {
    await desk.getByRole("button", { name: "Sign out" }).first().click();
    await expect(desk.getByRole("heading", { name: "You are signed out" })).toBeVisible();
    watch.expectRefusal(401, /users\/me$/);
    await withoutAutofill(context);
    await desk.goto("/settings/account");
    await expect(desk).toHaveURL("/login?redirect=%2Fsettings%2Faccount");
  });

  await test.step("and signs in with the passkey", async () => {
    await authenticator.during(async () => {
      await desk.getByRole("button", { name: "Authenticate" }).click();
      await expect(desk).toHaveURL("/settings/account");
    });
    await expect(desk.getByLabel("Email")).toHaveValue(`${username}@harbour.example`);
    await expect(desk.getByText("Last used just now")).toBeVisible();
  });

  await test.step("the used link says clearly that it is used up", async () => {
    watch.expectRefusal(401, /one-time-access-token/);
    const { page: late } = await visitor();
    await late.goto(link);
    await expect(late.getByRole("heading", { name: "This link doesn't work any more" })).toBeVisible();
    await expect(late.getByText("Ask your administrator for a new one")).toBeVisible();
    await late.getByRole("link", { name: "Sign in with a passkey" }).click();
    await expect(late).toHaveURL("/login");
  });
});

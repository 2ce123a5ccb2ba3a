// Saves how each page looks into test-results/screenshots, for people to look at.

import { unique } from "../support/api.ts";
import { chooseFile } from "../support/files.ts";
import { askForLink, sendThrough } from "../support/mail.ts";
import { appearanceOf, looks, savingAs } from "../support/screenshots.ts";
import { expect, test } from "../support/test.ts";

const people = [
  ["Ines", "Lindqvist"],
  ["Wen", "Zhao"],
  ["Priya", "Raghunathan-Featherstonehaugh"],
] as const;

for (const look of looks) {
  const options = appearanceOf(look);
  const save = savingAs(look);

  test(`pages before sign-in, ${look}`, async ({ visitor, administrator, watch }) => {
    watch.expectRefusal(401, /one-time-access-token|signup\/token/);
    watch.expectRefusal(404, /signup\/setup$/);
    const { page } = await visitor(options);
    const link = await administrator.createLink(await administrator.createUser());
    const token = await administrator.createSignupToken();
    for (const [path, name, ready] of [
      ["/login", "login", "Choose your passkey"],
      ["/login/alternative", "login-alternative", "With a one-time link"],
      ["/lc", "enter-link", "Link or code"],
      [link.path, "one-time-link", "This link signs you in as"],
      ["/lc/not-a-real-code", "one-time-link-invalid", "This link doesn't work any more"],
      ["/setup", "setup-complete", "Set-up is complete"],
      [token.path, "signup", "Your sign-up link is valid until"],
      ["/signup", "signup-closed", "Sign-up is closed"],
      ["/signup/waiting", "signup-waiting", "There is no need to sign up again"],
      ["/st/not-a-real-token", "signup-link-invalid", "This sign-up link doesn't work any more"],
      ["/logout", "signed-out", "You are signed out"],
      ["/nowhere", "not-found", "There is no door here"],
    ] as const) {
      await page.goto(path);
      await save(page, name, ready);
    }
  });

  test(`a user's pages, ${look}`, async ({ member }) => {
    const { page, authenticator } = await member(options);
    await save(page, "add-passkey", "Skip for now");
    await authenticator.during(async () => {
      await page.getByRole("button", { name: "Add Passkey" }).click();
      await save(page, "passkey-ready", "Your passkey is ready");
    });
    await page.getByRole("button", { name: "Save and continue" }).click();
    await save(page, "account", "This session");
    await page.getByRole("button", { name: /^Delete/ }).click();
    await save(page, "account-delete", "This is your only passkey");
    await page.goto("/logout");
    await save(page, "logout", "Sign out?");
  });

  test(`an administrator's pages, ${look}`, async ({ administrator, admin }) => {
    for (const [firstName, lastName] of people) {
      const username = unique(firstName.toLowerCase());
      await administrator.createUser({ username, firstName, lastName, displayName: `${firstName} ${lastName}` });
    }
    const user = await administrator.createUser({ displayName: `Tomás Okonkwo (${look})` });
    const { page } = await admin(options);
    await page.goto("/settings/admin/users");
    await save(page, "users", user.username);
    await page.getByRole("button", { name: "Add User" }).click();
    await save(page, "users-add", "Admin Privileges");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "More actions" }).click();
    await page.getByRole("menuitem", { name: "Create Signup Token" }).click();
    await save(page, "signup-token-create", "More than 100 uses");
    await page.getByRole("button", { name: "Create", exact: true }).click();
    await expect(page.getByRole("img", { name: "QR code of the link" })).toBeVisible();
    await save(page, "signup-token-created", "Good for 1 use");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: `Actions for ${user.displayName}` }).click();
    await save(page, "users-menu", "One-Time Link");
    await page.getByRole("menuitem", { name: "One-Time Link" }).click();
    await save(page, "one-time-link-dialog", "No active links.");
    await page.getByRole("button", { name: "Generate Link" }).click();
    await expect(page.getByRole("img", { name: "QR code of the link" })).toBeVisible();
    await save(page, "one-time-link-generated", "Made by marguerite");
    for (const [section, ready] of [
      ["general", "Disable or delete"],
      ["user-groups", "Member of"],
      ["passkeys", "An administrator cannot add a passkey"],
      ["custom-claims", "Add Claim"],
      ["sessions", "This user is not signed in anywhere"],
      ["one-time-links", "Made by marguerite"],
      ["emails", "Nothing was sent to this user"],
    ] as const) {
      await page.goto(`/settings/admin/users/${user.id}#${section}`);
      await save(page, `user-${section}`, ready);
    }
    await page.goto("/settings/admin/users?disabled=false");
    await page.getByRole("button", { name: /^Filters/ }).click();
    await page.getByRole("checkbox", { name: `Select ${user.displayName}` }).check();
    await save(page, "users-selected", "1 selected");
    await page.goto("/settings/admin/users/signup-tokens");
    await page.getByRole("button", { name: /^0 of 1/ }).first().click();
    await save(page, "signup-tokens", "Nobody has used it yet.");
    await page.goto("/settings/admin/users/import");
    await save(page, "users-import", "Drop a file here");
    await chooseFile(page, "staff.csv", `username,email\n${unique("import")},a@harbour.example\n,wrong\n`);
    await save(page, "users-import-preview", "Nothing has been changed yet");
  });

  test(`pages about mail, ${look}`, async ({ administrator, admin, member, visitor, mailbox, watch }) => {
    const office = await admin(options);
    await sendThrough(mailbox, office, watch);
    mailbox.answersRecipients = "550 5.1.1 No such mailbox here";
    watch.expectRefusal(409, /test-email$/);
    await office.page.getByRole("button", { name: "Send test email" }).click();
    await save(office.page, "configuration-test-email", "The email was not sent");
    mailbox.answersRecipients = "250 2.1.5 Recipient ok";

    const user = await administrator.createUser({ displayName: `Tomás Okonkwo (${look})` });
    const desk = await visitor(options);
    await desk.page.goto("/login/alternative");
    await save(desk.page, "login-alternative-email", "With an email");
    await askForLink(desk, `${user.username}@harbour.example`);
    await save(desk.page, "login-alternative-asked", "Nothing there?");
    const { page: phone } = await visitor(options);
    await phone.goto((await mailbox.next(`${user.username}@harbour.example`)).path);
    await save(phone, "one-time-link-elsewhere", "Use this link where you asked for it");
    await office.page.goto(`/settings/admin/users/${user.id}#emails`);
    await save(office.page, "user-emails-sent", "250 2.0.0 Taken");

    const { page: home, user: resident } = await member(options);
    await home.goto("/settings/account");
    await home.getByRole("button", { name: "Verify" }).click();
    await save(home, "account-verify", "Open it within a day");
    await home.goto((await mailbox.next(`${resident.username}@harbour.example`)).path);
    await save(home, "verify-email", "Your email address is verified");
  });

  test(`pages for the whole installation, ${look}`, async ({ administrator, admin, watch }) => {
    watch.expectRefusal(404, /application-images/);
    const group = await administrator.createGroup(unique("Night Watch"));
    const member = await administrator.createUser();
    await administrator.addToGroup(group.id, member);
    const { page } = await admin(options);
    for (const [path, name, ready] of [
      ["/settings/admin/user-groups", "user-groups", "Add Group"],
      [`/settings/admin/user-groups/${group.id}`, "user-group", member.displayName],
      ["/settings/admin/api-keys", "api-keys", "Add API Key"],
      ["/settings/audit-log", "audit-log", "My activity"],
      ["/settings/admin/audit-log", "audit-log-all", "Everybody"],
      ["/settings/admin/application-configuration", "configuration", "Session Duration"],
      ["/settings/admin/application-configuration#user-creation", "configuration-users", "Default Groups"],
      ["/settings/admin/application-configuration#passkeys", "configuration-passkeys", "User Verification"],
      ["/settings/admin/application-configuration#email", "configuration-email", "Email One-Time Access"],
      ["/settings/admin/application-configuration#ldap", "configuration-ldap", "How the directory is reached"],
      ["/settings/admin/application-configuration#images", "configuration-images", "Favicon"],
      ["/api-reference", "api-reference", " operations"],
    ] as const) {
      await page.goto(path);
      await save(page, name, ready);
    }
  });
}

// Mail, from the page that asks for it to the mailbox and on. It stays switched on afterwards: no
// other test minds.

import { findsNothing } from "../support/accessibility.ts";
import { unique } from "../support/api.ts";
import { withoutAutofill } from "../support/authenticator.ts";
import { askForLink, sendThrough } from "../support/mail.ts";
import { expect, test } from "../support/test.ts";

// Contrast is measured on what stands still.
const still = { reducedMotion: "reduce" } as const;

const address = (user: { username: string }) => `${user.username}@harbour.example`;

test("the test email tells what the mail server says", async ({ admin, mailbox, watch }) => {
  const person = await admin(still);
  const { page } = person;
  await sendThrough(mailbox, person, watch);
  const send = page.getByRole("button", { name: "Send test email" });
  await send.click();
  await expect(page.getByText("The server took the email")).toBeVisible();
  expect((await mailbox.next("marguerite@harbour.example")).text).not.toBe("");

  mailbox.answersRecipients = "550 5.1.1 No such mailbox here";
  watch.expectRefusal(409, /test-email$/);
  await page.getByLabel("SMTP Host").fill("elsewhere.example");
  await expect(page.getByText("The test goes by the saved settings")).toBeVisible();
  await send.click();
  await expect(page.getByText("The email was not sent")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: "Recipient: failed" })).toBeVisible();
  await expect(page.getByText("550 5.1.1 No such mailbox here")).toBeVisible();
  await findsNothing(page);
  await page.getByRole("button", { name: "Discard changes" }).click();
});

test("from the sign-in page to the mailbox to a new passkey", async ({ administrator, admin, visitor, mailbox, watch }) => {
  const office = await admin(still);
  await sendThrough(mailbox, office, watch);
  const user = await administrator.createUser();
  const person = await visitor(still);
  const { page, context, authenticator } = person;

  const { path } = await test.step("somebody without their passkey asks for a link", async () => {
    await askForLink(person, address(user));
    await findsNothing(page);
    return mailbox.next(address(user));
  });

  await test.step("the link of the mail signs them in where they asked for it", async () => {
    await page.goto(path);
    await expect(page.getByText("This link signs you in as")).toBeVisible();
    await page.reload();
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("heading", { name: "Set up your passkey" })).toBeFocused();
  });

  await test.step("and they add a passkey that lets them in", async () => {
    await authenticator.during(async () => {
      await page.getByRole("button", { name: "Add Passkey" }).click();
      await expect(page.getByRole("heading", { name: "Your passkey is ready" })).toBeFocused();
    });
    await page.getByRole("button", { name: "Save and continue" }).click();
    await expect(page.getByText("Single Passkey Configured")).toBeVisible();
    await page.goto("/logout");
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByText("You are signed out")).toBeVisible();
    await withoutAutofill(context);
    await page.goto("/login");
    await authenticator.during(async () => {
      await page.getByRole("button", { name: "Authenticate" }).click();
      await expect(page).toHaveURL("/settings/account");
    });
  });

  await test.step("administrators see that the mail was sent, and what it was for", async () => {
    await office.page.goto(`/settings/admin/users/${user.id}#emails`);
    await expect(office.page.getByText("One-time link, asked for on the sign-in page")).toBeVisible();
    await expect(office.page.getByText("Sent", { exact: true })).toBeVisible();
    await expect(office.page.getByText("250 2.0.0 Taken")).toBeVisible();
    await findsNothing(office.page);
    await office.page.getByRole("link", { name: "One-Time Links" }).click();
    await expect(office.page.getByText("Emailed", { exact: true })).toBeVisible();
    await expect(office.page.getByText("Asked for on the sign-in page,")).toBeVisible();
  });
});

test("who opens the mail on the phone types its code where they asked", async ({ administrator, admin, visitor, mailbox, watch }) => {
  await sendThrough(mailbox, await admin(), watch);
  const user = await administrator.createUser();
  const desk = await visitor();
  const { page: phone } = await visitor({ viewport: { width: 390, height: 844 }, ...still });
  await askForLink(desk, address(user));
  const { path, text } = await mailbox.next(address(user));

  await phone.goto(path);
  await expect(phone.getByRole("heading", { name: "Use this link where you asked for it" })).toBeVisible();
  await expect(phone.getByRole("button", { name: "Continue" })).toBeHidden();
  await findsNothing(phone);
  const code = await phone.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).innerText();
  expect(text).toContain(code);

  const field = desk.page.getByRole("textbox", { name: "Code" });
  const signIn = desk.page.getByRole("button", { name: "Sign in" });
  await field.fill("1234");
  await signIn.click();
  await expect(desk.page.getByText("A code has eight letters and digits")).toBeVisible();
  await expect(field).toBeFocused();
  watch.expectRefusal(401, /one-time-access-token/);
  await field.fill(code === "0000-0000" ? "0000-0001" : "0000-0000");
  await signIn.click();
  await expect(desk.page.getByText("This code doesn't work")).toBeVisible();
  await field.fill(code.toLowerCase().replace("-", " "));
  await signIn.click();
  await expect(desk.page.getByRole("heading", { name: "Set up your passkey" })).toBeFocused();

  await phone.reload();
  await expect(phone.getByRole("heading", { name: "This link doesn't work any more" })).toBeVisible();
});

test("an address that nobody has is answered as any other, and nothing is sent", async ({ administrator, admin, visitor, mailbox, watch }) => {
  await sendThrough(mailbox, await admin(), watch);
  const user = await administrator.createUser();
  const nobody = `${unique("nobody")}@harbour.example`;
  const person = await visitor();
  await askForLink(person, nobody);
  await person.page.getByRole("button", { name: "Use another address" }).click();
  await expect(person.page.getByRole("heading", { name: "Other ways to sign in" })).toBeFocused();
  await askForLink(person, address(user));
  await mailbox.next(address(user));
  expect(mailbox.mailsTo(nobody)).toEqual([]);
});

test("an administrator mails a one-time link, which works anywhere", async ({ administrator, admin, visitor, mailbox, watch }) => {
  const office = await admin();
  await sendThrough(mailbox, office, watch);
  const user = await administrator.createUser();
  await office.page.goto(`/settings/admin/users/${user.id}#one-time-links`);
  await office.page.getByRole("button", { name: "New One-Time Link" }).click();
  const dialog = office.page.getByRole("dialog", { name: "One-Time Link" });
  await dialog.getByRole("button", { name: "Send Email" }).click();
  await expect(office.page.getByText(`One-time link for ${address(user)} queued`)).toBeVisible();
  await expect(dialog.getByText("Emailed")).toBeVisible();

  const { path } = await mailbox.next(address(user));
  const { page } = await visitor();
  await page.goto(path);
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("heading", { name: "Set up your passkey" })).toBeFocused();
});

test("somebody proves that an address is theirs, signed in", async ({ admin, member, visitor, mailbox, watch }) => {
  await sendThrough(mailbox, await admin(), watch);
  const { page, user } = await member(still);
  await page.goto("/settings/account");
  await page.getByRole("button", { name: "Verify" }).click();
  await expect(page.getByText("Verification link requested")).toBeVisible();
  await findsNothing(page);
  const { path } = await mailbox.next(address(user));

  // What opens links in mail has no session, and comes no further than sign-in.
  watch.expectRefusal(401, /users\/me$/);
  const { page: scanner } = await visitor();
  await scanner.goto(path);
  await expect(scanner).toHaveURL(/\/login\?redirect=%2Fverify-email/);

  await page.goto(path);
  await expect(page.getByRole("heading", { name: "Your email address is verified" })).toBeFocused();
  await findsNothing(page);
  await page.getByRole("link", { name: "Continue" }).click();
  await expect(page.getByText("Verified. A change asks for your passkey.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Verify" })).toBeHidden();

  watch.expectRefusal(400, /verify-email$/);
  await page.goto("/verify-email?token=not-a-real-token");
  await expect(page.getByRole("heading", { name: "Your email address is verified" })).toBeVisible();
});

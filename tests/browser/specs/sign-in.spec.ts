import { withoutAutofill } from "../support/authenticator.ts";
import { expect, signedOut, test } from "../support/test.ts";
import { confirming } from "../support/stepUp.ts";

test("the sign-in page comes back to where one wanted to go", async ({ admin, watch }) => {
  const { page, context, authenticator } = await admin(signedOut);
  await withoutAutofill(context);
  watch.expectRefusal(401, /users\/me$/);
  await page.goto("/settings/admin/users?search=marguerite");
  await expect(page).toHaveURL(/\/login\?redirect=/);
  await authenticator.during(async () => {
    await page.getByRole("button", { name: "Authenticate" }).click();
    await expect(page).toHaveURL("/settings/admin/users?search=marguerite");
  });
});

for (const target of ["//evil.example", "/\\evil.example", "https://evil.example", "/.//evil.example"]) {
  test(`a redirect to ${target} stays here`, async ({ admin }) => {
    const { page, context, authenticator } = await admin(signedOut);
    await withoutAutofill(context);
    await page.goto(`/login?redirect=${encodeURIComponent(target)}`);
    await authenticator.during(async () => {
      await page.getByRole("button", { name: "Authenticate" }).click();
      await expect(page).toHaveURL("/settings/account");
    });
  });
}

test("a passkey chosen from autofill signs in", async ({ admin }) => {
  const { page, authenticator } = await admin(signedOut);
  // Choosing from the browser's own list can't be driven; a person who is there stands for it.
  await authenticator.present(true);
  await page.goto("/login");
  await expect(page).toHaveURL("/settings/account");
});

test("a press on the button ends the wait for autofill, and that comes back after a failure", async ({ visitor }) => {
  const { page } = await visitor();
  const begun: string[] = [];
  await page.exposeFunction("begun", (mediation: string) => begun.push(mediation));
  await page.addInitScript(() => {
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = (options) => {
      (window as unknown as { begun: (mediation: string) => void }).begun(options?.mediation ?? "modal");
      return options?.mediation ? get(options) : Promise.reject(new DOMException("", "NotAllowedError"));
    };
  });
  await page.goto("/login");
  await expect(page.getByLabel("Username")).toHaveAttribute("autocomplete", "username webauthn");
  await expect.poll(() => begun).toEqual(["conditional"]);
  await page.getByRole("button", { name: "Authenticate" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "You are not signed in" })).toBeVisible();
  await expect.poll(() => begun).toEqual(["conditional", "modal", "conditional"]);
});

test("without a passkey it says what to do next, and can be tried again", async ({ visitor }) => {
  const { page, context, authenticator } = await visitor();
  await withoutAutofill(context);
  await page.goto("/login");
  await authenticator.during(async () => {
    await page.getByRole("button", { name: "Authenticate" }).click();
    const alert = page.getByRole("alert").filter({ hasText: "You are not signed in" });
    await expect(alert).toContainText("Try again");
  });
  await expect(page.getByRole("button", { name: "Authenticate" })).toBeEnabled();
});

test("who fails the screen lock is not signed in", async ({ admin }) => {
  const { page, context, authenticator } = await admin(signedOut);
  await withoutAutofill(context);
  await authenticator.verified(false);
  await page.goto("/login");
  await authenticator.during(async () => {
    await page.getByRole("button", { name: "Authenticate" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "You are not signed in" })).toBeVisible();
  });
});

test("a device that has a passkey already is told so", async ({ admin, watch }) => {
  const person = await admin();
  const { page } = person;
  await page.goto("/settings/account");
  await expect(page.getByText("Harbour laptop")).toBeVisible();
  watch.expectRefusal(401, /register\/start$/);
  await confirming(person, async () => {
    await page.getByRole("button", { name: "Add Passkey" }).click();
    await expect(page.getByText("This device already has a passkey for your account")).toBeVisible();
  });
});

test("sign-out asks first when it is reached by a link from elsewhere", async ({ member }) => {
  const { page } = await member();
  await page.goto("/logout");
  await expect(page.getByRole("heading", { name: "Sign out?" })).toBeVisible();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "You are signed out" })).toBeFocused();
});

test("the start page leads everyone to where they belong", async ({ visitor, member, watch }) => {
  watch.expectRefusal(404, /signup\/setup$/); // asked whether set-up is still open: it isn't
  const { page } = await visitor();
  await page.goto("/");
  await expect(page).toHaveURL("/login");
  const { page: inside } = await member();
  await inside.goto("/");
  await expect(inside).toHaveURL("/settings/account");
});

test("the set-up page says that set-up is complete", async ({ visitor, watch }) => {
  watch.expectRefusal(404, /signup\/setup$/);
  const { page } = await visitor();
  await page.goto("/setup");
  await expect(page.getByRole("heading", { name: "Set-up is complete" })).toBeVisible();
});

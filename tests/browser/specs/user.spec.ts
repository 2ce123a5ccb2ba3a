import { unique } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test("a user is edited, and the display name follows both names until it is edited", async ({ administrator, admin, watch }) => {
  const user = await administrator.createUser({ firstName: "Tomás", lastName: "Okonkwo", displayName: "Tomás Okonkwo" });
  const other = await administrator.createUser();
  const { page } = await admin();
  await page.goto(`/settings/admin/users/${user.id}`);
  await page.getByLabel("Last name").fill("Duval");
  await expect(page.getByLabel("Display Name")).toHaveValue("Tomás Duval");
  await page.getByLabel("Display Name").fill("Captain Duval");
  await page.getByLabel("First name").fill("Thomas");
  await expect(page.getByLabel("Display Name")).toHaveValue("Captain Duval");

  watch.expectRefusal(409, /users\//);
  await page.getByLabel("Username").fill(other.username);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Username is already in use")).toBeVisible();
  await expect(page.getByLabel("Username")).toBeFocused();

  await page.getByLabel("Username").fill(user.username);
  await page.getByLabel("Locale").fill("pt-BR");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("User updated successfully")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Captain Duval" })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("First name")).toHaveValue("Thomas");
  await expect(page.getByLabel("Locale")).toHaveValue("pt-BR");
});

test("saving a name undoes nothing that another administrator did meanwhile", async ({ administrator, admin }) => {
  const user = await administrator.createUser();
  const { page } = await admin();
  await page.goto(`/settings/admin/users/${user.id}`);
  await page.getByLabel("First name").fill("Thomas");
  await administrator.disable(user);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("User updated successfully")).toBeVisible();
  await expect(page.getByLabel("Account Disabled")).toBeChecked();
  await expect(page.getByLabel("First name")).toHaveValue("Thomas");
});

test("choosing a group takes a user out of none that another administrator put them into meanwhile", async ({ administrator, admin }) => {
  const user = await administrator.createUser();
  const mine = await administrator.createGroup(unique("mine"));
  const theirs = await administrator.createGroup(unique("theirs"));
  const { page } = await admin();
  await page.goto(`/settings/admin/users/${user.id}#user-groups`);
  await page.getByLabel("Search groups").fill(mine.friendlyName);
  await page.getByRole("checkbox", { name: mine.friendlyName }).check();
  await administrator.addToGroup(theirs.id, user);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("User groups updated successfully")).toBeVisible();
  for (const { friendlyName } of [mine, theirs]) {
    await expect(page.getByRole("button", { name: `Remove ${friendlyName}` })).toBeVisible();
  }
});

test("what is typed is not lost without a question", async ({ administrator, admin }) => {
  const user = await administrator.createUser();
  const { page } = await admin();
  await page.goto("/settings/admin/users");
  await page.goto(`/settings/admin/users/${user.id}`);
  await page.getByLabel("First name").fill("Somebody");

  // Another section of the same page loses nothing.
  await page.getByRole("link", { name: "Sessions" }).click();
  await expect(page.getByText("not signed in anywhere")).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel("First name")).toHaveValue("Somebody");

  const question = page.getByRole("dialog", { name: "Leave without saving?" });
  await page.getByRole("link", { name: "My Account" }).click();
  await question.getByRole("button", { name: "Stay" }).click();
  await expect(page.getByLabel("First name")).toHaveValue("Somebody");
  await expect(page).toHaveURL(new RegExp(user.id));

  await page.getByRole("link", { name: "My Account" }).click();
  await question.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { name: "My Account" })).toBeVisible();

  await page.goBack();
  await page.getByLabel("First name").fill("Somebody");
  await page.goForward();
  await question.getByRole("button", { name: "Stay" }).click();
  await expect(page).toHaveURL(new RegExp(user.id));
  await page.goForward();
  await question.getByRole("button", { name: "Leave" }).click();
  await expect(page.getByRole("heading", { name: "My Account" })).toBeVisible();
});

test("a user is disabled, enabled and deleted on their page; nobody can do that to themselves", async ({ administrator, admin }) => {
  const user = await administrator.createUser();
  const { page } = await admin();
  await page.goto(`/settings/admin/users/${user.id}`);
  await page.getByLabel("First name").fill("Unsaved");
  await page.getByRole("button", { name: "Disable User" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("User disabled successfully")).toBeVisible();
  await expect(page.getByLabel("Account Disabled")).toBeChecked();
  await expect(page.getByLabel("First name")).toHaveValue("Unsaved");
  await page.getByRole("button", { name: "Enable User" }).click();
  await expect(page.getByText("User enabled successfully")).toBeVisible();
  await page.getByRole("button", { name: "Delete User" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("User deleted successfully")).toBeVisible();
  await expect(page).toHaveURL(/\/users$/);

  await page.goto("/settings/admin/users?search=marguerite&isAdmin=true");
  await page.getByRole("rowheader").getByRole("link").first().click();
  await expect(page.getByText("This is your own account")).toBeVisible();
  await expect(page.getByLabel("Account Disabled")).toBeDisabled();
  await expect(page.getByRole("button", { name: "Delete User" })).toBeHidden();
});

test("custom claims are set, and a refused one is marked", async ({ administrator, admin, watch }) => {
  const user = await administrator.createUser();
  const { page } = await admin();
  await page.goto(`/settings/admin/users/${user.id}#custom-claims`);
  await page.getByRole("button", { name: "Add Claim" }).click();
  await expect(page.getByLabel("Key of claim 1")).toBeFocused();
  await page.keyboard.type("team");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Enter a value")).toBeVisible();
  await expect(page.getByLabel("Value of claim 1")).toBeFocused();
  await page.keyboard.type("harbour");
  await page.getByRole("button", { name: "Add Claim" }).click();
  await page.keyboard.type("email");
  await page.getByLabel("Value of claim 2").fill("x");
  watch.expectRefusal(400, /custom-claims/);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("Key of claim 2")).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: "Remove email" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Custom claims updated successfully")).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Value of claim 1")).toHaveValue("harbour");
});

test("somebody's sessions are shown and ended, and their passkeys listed", async ({ member, admin }) => {
  const { user, page: desk, authenticator } = await member();
  await authenticator.during(async () => {
    await desk.getByRole("button", { name: "Add Passkey" }).click();
    await expect(desk.getByText("Passkey added successfully")).toBeVisible();
  });
  const { page } = await admin();
  await page.goto(`/settings/admin/users/${user.id}#passkeys`);
  await page.getByRole("button", { name: /^Delete/ }).click();
  await expect(page.getByText("This is their only passkey")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("This user has no passkey yet")).toBeVisible();

  await page.getByRole("link", { name: "Sessions" }).click();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page.getByText("This user is not signed in anywhere")).toBeVisible();
});

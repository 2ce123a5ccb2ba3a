import { expect, test } from "../support/test.ts";

test("what was done is told in sentences, with before and after", async ({ administrator, admin }) => {
  const user = await administrator.createUser();
  await administrator.createLink(user);
  const { page } = await admin();
  await page.goto(`/settings/admin/audit-log?user=${user.id}`);
  await expect(page.getByText(`You made a one-time link for ${user.username}`)).toBeVisible();
  await expect(page.getByText(`You created ${user.username}'s account`)).toBeVisible();

  await page.getByLabel("Event").selectOption("Account created");
  await expect(page.getByText("1 entry")).toBeVisible();
  await expect(page).toHaveURL(/event=ACCOUNT_CREATED/);
  await page.getByText(`You created ${user.username}'s account`).click();
  await expect(page.getByText("IP address")).toBeVisible();

  await page.getByLabel("Event").selectOption("API key revoked");
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(page.getByRole("list", { name: "Entries, the latest first" })).toBeVisible();
});

test("what somebody did and what concerns them are shown apart", async ({ administrator, admin }) => {
  const user = await administrator.createUser();
  const { page } = await admin();
  await page.goto(`/settings/admin/audit-log?user=${user.id}`);
  await expect(page.getByRole("button", { name: `About ${user.username}` })).toBeVisible();
  await page.getByText(`You created ${user.username}'s account`).click();
  await page.getByRole("button", { name: "Show only what marguerite did" }).click();
  await expect(page).toHaveURL(/audit-log\?actor=[^&]+$/);
  await expect(page.getByRole("button", { name: "Done by marguerite" })).toBeVisible();
  await expect(page.getByRole("button", { name: "About Anybody" })).toBeVisible();
  await expect(page.getByText(`You created ${user.username}'s account`)).toBeVisible();

  await page.goto(`/settings/admin/audit-log?actor=${user.id}`);
  await expect(page.getByRole("heading", { name: "Nothing found" })).toBeVisible();
});

test("the log is saved as a file", async ({ admin }) => {
  const { page } = await admin();
  await page.goto("/settings/admin/audit-log");
  await page.getByRole("button", { name: "Export" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "As CSV" }).click();
  expect((await download).suggestedFilename()).toBe("audit-log.csv");
});

test("people see what was done with their own account, and nothing else", async ({ member, administrator }) => {
  const { page, user } = await member();
  const other = await administrator.createUser();
  await page.goto("/settings/audit-log");
  await expect(page.getByText("You signed in with a one-time link")).toBeVisible();
  await expect(page.getByText("marguerite created your account")).toBeVisible();
  await expect(page.getByText(other.username)).toHaveCount(0);
  await page.goto(`/settings/admin/audit-log?user=${user.id}`);
  await expect(page).toHaveURL("/settings/account");
});

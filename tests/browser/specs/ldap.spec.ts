import { findsNothing } from "../support/accessibility.ts";
import { groupDn, personDn } from "../support/directory.ts";
import { tabTo } from "../support/keyboard.ts";
import { configure, fillIn, history, preview, rowOf, settings, test } from "../support/ldap.ts";
import { confirming } from "../support/stepUp.ts";
import { expect } from "../support/test.ts";

// One directory and one deployment: each test goes on where the last one ended.
test.describe.configure({ mode: "serial" });

test.beforeEach(({ watch }) => {
  watch.expectRefusal(401, /application-configuration$|\/apply$/);
});

test("a preset fills in the form, says what it filled in, and is taken back", async ({ admin }) => {
  const { page } = await admin();
  await page.goto(settings);
  const username = page.getByLabel("Username Attribute");
  await expect(page.getByText("How the directory is reached")).toBeVisible();
  await expect(page.getByLabel("LDAP URL")).toHaveCount(0);

  await page.getByRole("button", { name: "Active Directory" }).click();
  await expect(page.getByText(/^Filled in for Active Directory: \d+ fields/)).toBeVisible();
  await expect(username).toHaveValue("sAMAccountName");
  await page.getByText("What was filled in").click();
  await expect(page.getByText("objectGUID").first()).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Active Directory" })).toBeFocused();
  await expect(username).toHaveValue("");
  await expect(page.getByText("not saved yet")).toHaveCount(0);
});

test("whatever is missing is named before anything is read", async ({ admin, watch }) => {
  watch.expectRefusal(409, /test-ldap$/);
  const { page } = await admin();
  await page.goto(settings);
  await page.getByRole("button", { name: "Test connection" }).click();
  const missing = page.getByRole("alert").filter({ hasText: "Settings are missing" });
  await expect(missing).toContainText("LDAP Base DN");
  await expect(missing).toContainText("Username Attribute");
});

test("the test of the connection shows how entries would arrive, and what would be left out", async ({ admin, directory }) => {
  directory.addPerson("lena", { firstName: "Lena", lastName: "Okafor" });
  directory.addPerson("tove", { firstName: "Tove", lastName: "Lind" });
  directory.addPerson("nomail", { email: "" });
  directory.addGroup("pilots", ["lena", "tove"]);
  const person = await admin();
  const { page } = person;
  await configure(person, async () => {
    await fillIn(person);
    await page.getByLabel("Sync Interval").fill("10080");
  });
  await expect(page.getByText("Filled in for OpenLDAP")).toHaveCount(0);

  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByText("3 users found")).toBeVisible();
  await expect(page.getByText("1 group found")).toBeVisible();
  await expect(rowOf(person, "lena")).toContainText("lena@harbour.example");
  await expect(rowOf(person, "lena")).toContainText("Lena Okafor");
  await expect(rowOf(person, "nomail")).toContainText("Left out");
  await expect(rowOf(person, "pilots")).toContainText("2");
  await findsNothing(page);
});

test("a preview changes nothing, also before syncs are switched on", async ({ admin }) => {
  const person = await admin();
  const { page } = person;
  await preview(person);
  await expect(page.getByText("Nothing has been changed yet")).toBeVisible();
  await expect(rowOf(person, "lena")).toContainText("New");
  await expect(rowOf(person, "nomail")).toContainText("There is no email address");
  await page.getByLabel("Show").selectOption({ label: "Conflict (1)" });
  await expect(page).toHaveURL(/\?action=conflict$/);
  await expect(rowOf(person, "lena")).toHaveCount(0);
  await page.reload();
  await expect(rowOf(person, "nomail")).toBeVisible();
  await findsNothing(page);

  await page.goto("/settings/admin/users?search=lena%40harbour");
  await expect(page.getByText("Nobody matches").or(page.getByText("No user matches")).first()).toBeVisible();
});

test("a sync brings users and groups, who are not edited here", async ({ admin, directory, watch }) => {
  watch.expectRefusal(409, /sync-ldap$/);
  const person = await admin();
  const { page } = person;
  // Only after a first sync, which fails, does the deployment's clock leave the second one to us.
  await directory.stopProxy();
  await configure(person, () => page.getByLabel("Enable LDAP").check());
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByText("LDAP proxy: failed")).toBeVisible();
  await directory.startProxy();
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByText("Directory synced").first()).toBeVisible();
  await expect(page.getByText("Users: 2 new, 1 conflict · Groups: 1 new").first()).toBeVisible();

  await page.goto("/settings/admin/users?search=lena%40harbour");
  await expect(rowOf(person, "Lena Okafor")).toContainText("LDAP");
  await page.getByRole("button", { name: "Actions for Lena Okafor" }).click();
  await expect(page.getByRole("menuitem", { name: "Edit" })).toBeVisible();
  await expect(page.getByRole("menuitem", { name: "Delete" })).toHaveCount(0);
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await expect(page.getByText("Managed by LDAP")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveAttribute("readonly");
  await expect(page.getByText("The directory decides whether this user may sign in")).toBeVisible();
  await findsNothing(page);

  await page.goto("/settings/admin/user-groups?search=pilots");
  await expect(rowOf(person, "pilots")).toContainText("LDAP");
  await page.getByRole("link", { name: "pilots" }).click();
  await expect(page.getByText("Managed by LDAP")).toBeVisible();
  await expect(page.getByText("Tove Lind")).toBeVisible();
  await expect(page.getByRole("button", { name: "Add Users" })).toHaveCount(0);
  await findsNothing(page);
});

test("a plan is read from before to after, saved as a file, and applied by whoever shows their passkey", async ({ admin, administrator, directory }) => {
  await administrator.createUser({ username: "ola" });
  await administrator.configure({ ldapAdminGroupName: "pilots" });
  directory.addPerson("ola");
  directory.replace(personDn("lena"), "mail", "lena.okafor@harbour.example");
  const person = await admin();
  const { page } = person;
  await preview(person);

  const changed = rowOf(person, "lena").filter({ hasText: "Changed" });
  await expect(changed.locator("del:visible")).toHaveText("lena@harbour.example");
  await expect(changed.locator("ins:visible")).toHaveText("lena.okafor@harbour.example");
  await expect(rowOf(person, "ola")).toContainText("The username belongs to ola");
  await expect(rowOf(person, "tove")).toContainText("In the group of administrators");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);

  await confirming(person, async () => {
    await page.getByRole("button", { name: "Apply this plan" }).click();
    const dialog = page.getByRole("dialog", { name: "Apply this plan?" });
    await expect(dialog).toContainText("It changes 1 user and makes 2 users administrators.");
    await findsNothing(page);
    await dialog.getByRole("button", { name: "Apply this plan" }).click();
    await expect(page.getByText("Plan applied")).toBeVisible();
  });
  await expect(page.getByText("Approved by")).toBeVisible();
  await expect(page.getByRole("button", { name: "Apply this plan" })).toHaveCount(0);
  await expect(page.getByText("Administrators: 2 more, 0 fewer")).toBeVisible();
  await changed.getByRole("link", { name: "lena" }).click();
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue("lena.okafor@harbour.example");
});

test("a sync that would remove too many is held back, until somebody who has seen its plan has it applied", async ({ admin, directory, watch }) => {
  watch.expectRefusal(409, /sync-ldap$/);
  const person = await admin();
  const { page } = person;
  await configure(person, () => page.getByLabel("Most Removed Users", { exact: true }).fill("0"));
  directory.delete(personDn("tove"));
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(page.getByText("This sync was held back")).toBeVisible();
  await expect(page.getByText("The plan disables 1 user").first()).toBeVisible();

  await page.getByRole("link", { name: "Look at the plan" }).click();
  await expect(rowOf(person, "tove")).toContainText("Not in the directory any more");
  await findsNothing(page);
  await confirming(person, async () => {
    await page.getByRole("button", { name: "Apply it all the same" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Apply it all the same" }).click();
    await expect(page.getByText("Plan applied")).toBeVisible();
  });
  await page.goto("/settings/admin/users?search=tove%40harbour");
  await expect(rowOf(person, "Tove Lind")).toContainText("Disabled");
  await configure(person, () => page.getByLabel("Most Removed Users", { exact: true }).fill("100"));
});

test("a directory out of reach is told with how far one came, and the history keeps it", async ({ admin, directory, watch }) => {
  watch.expectRefusal(409, /(test|sync)-ldap$/);
  const person = await admin();
  const { page } = person;
  await page.goto(settings);
  await directory.stop();
  await page.getByRole("button", { name: "Test connection" }).click();
  const failed = page.getByRole("alert").filter({ hasText: "The directory could not be read" });
  await expect(failed.getByText("LDAP proxy: done")).toBeVisible();
  await expect(failed.getByText("Directory: failed")).toBeVisible();
  await expect(failed).toContainText("Check LDAP_URL beside the directory");
  await directory.stopProxy();
  await page.getByRole("button", { name: "Test connection" }).click();
  await expect(failed.getByText("LDAP proxy: failed")).toBeVisible();
  await directory.start();
  await directory.startProxy();

  await directory.stop();
  await page.goto(history);
  await page.getByRole("button", { name: "Sync now" }).click();
  await expect(failed).toBeVisible();
  await page.getByRole("row").filter({ hasText: "Failed" }).first().getByRole("link").click();
  await expect(page.getByText("Nothing was changed.")).toBeVisible();
  await findsNothing(page);
  await directory.start();
});

test("the history is looked through by keyboard, and its addresses are shared", async ({ admin, visitor, watch }) => {
  watch.expectRefusal(401, /users\/me$/);
  const person = await admin();
  const { page } = person;
  await page.goto(history);
  await expect(page.getByRole("table")).toBeVisible();
  await findsNothing(page);
  await tabTo(page, "Preview");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await expect(page).toHaveURL(/ldap-runs\/[\da-f-]{36}$/);
  const address = page.url();
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`${history}$`));

  const { page: other } = await admin({ colorScheme: "dark", reducedMotion: "reduce" });
  await other.goto(address);
  await expect(other.getByText("Started", { exact: true })).toBeVisible();
  await findsNothing(other);
  const { page: stranger } = await visitor();
  await stranger.goto(address);
  await expect(stranger).toHaveURL(/\/login\?redirect=/);
});

test("without the directory everybody stays, and can be edited again", async ({ admin, directory }) => {
  directory.delete(groupDn("pilots"));
  const person = await admin();
  const { page } = person;
  await configure(person, () => page.getByLabel("Enable LDAP").uncheck());
  await expect(page.getByText("Syncs are switched off")).toBeVisible();
  await expect(page.getByRole("button", { name: "Sync now" })).toHaveCount(0);
  await page.goto("/settings/admin/users?search=lena.okafor");
  await page.getByRole("link", { name: "Lena Okafor" }).click();
  await expect(page.getByRole("textbox", { name: "Email" })).not.toHaveAttribute("readonly");
  await page.goto("/settings/admin/user-groups?search=pilots");
  await page.getByRole("link", { name: "pilots" }).click();
  await expect(page.getByRole("button", { name: "Add Users" })).toBeVisible();
});

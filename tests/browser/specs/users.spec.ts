import { unique } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test("a refused user keeps the form, with the problem beside its field", async ({ administrator, admin, watch }) => {
  const { username } = await administrator.createUser();
  const { page } = await admin();
  await page.goto("/settings/admin/users");
  await page.getByRole("button", { name: "Add User" }).click();
  const dialog = page.getByRole("dialog", { name: "Add User" });

  watch.expectRefusal(409, /users$/);
  await dialog.getByLabel("Username").fill(username);
  await dialog.getByLabel("Email").fill(`${unique("other")}@harbour.example`);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Username is already in use")).toBeVisible();
  await expect(dialog.getByLabel("Username")).toBeFocused();

  watch.expectRefusal(400, /users$/);
  await dialog.getByLabel("Username").fill("-not allowed-");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByLabel("Username")).toHaveAttribute("aria-invalid", "true");
});

test("a click beside a dialog takes away nothing that was typed", async ({ admin }) => {
  const { page } = await admin();
  await page.goto("/settings/admin/users");
  await page.getByRole("button", { name: "Add User" }).click();
  const dialog = page.getByRole("dialog", { name: "Add User" });
  await dialog.getByLabel("First name").fill("Tomás");
  await page.mouse.click(5, 5);
  await dialog.getByLabel("Last name").fill("Okonkwo");
  await expect(dialog.getByLabel("Display Name")).toHaveValue("Tomás Okonkwo");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("users are searched and sorted, and the address keeps it", async ({ administrator, admin }) => {
  const family = unique("Zephyrine").replaceAll("-", "");
  for (const firstName of ["Bela", "Ada", "Cora"]) {
    await administrator.createUser({ firstName, lastName: family, displayName: `${firstName} ${family}` });
  }
  const { page } = await admin();
  await page.goto("/settings/admin/users");
  await page.getByLabel("Search users").fill(family);
  await expect(page.getByText("3 users found")).toBeVisible();

  const names = page.getByRole("rowheader").getByRole("link");
  await page.getByRole("button", { name: "Name" }).click();
  await expect(page.getByRole("columnheader", { name: "Name" })).toHaveAttribute("aria-sort", "ascending");
  await expect(names).toHaveText(["Ada", "Bela", "Cora"].map((name) => `${name} ${family}`));
  await page.getByRole("button", { name: "Name" }).click();
  await expect(names).toHaveText(["Cora", "Bela", "Ada"].map((name) => `${name} ${family}`));

  await page.reload();
  await expect(page.getByLabel("Search users")).toHaveValue(family);
  await expect(names).toHaveText(["Cora", "Bela", "Ada"].map((name) => `${name} ${family}`));

  await names.first().click();
  await expect(page.getByRole("heading", { name: `Cora ${family}` })).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel("Search users")).toHaveValue(family);

  await page.getByLabel("Search users").fill("nobody-is-called-this");
  await expect(page.getByRole("heading", { name: "Nobody found" })).toBeVisible();
  await page.getByRole("button", { name: "Clear search" }).click();
  await expect(page.getByRole("table")).toBeVisible();
});

test("a space typed at the end of a search stays, and no search follows to another page", async ({ administrator, admin }) => {
  const user = await administrator.createUser();
  const { page } = await admin();
  await page.goto("/settings/admin/users");
  const search = page.getByLabel("Search users");
  await search.pressSequentially(`${user.username} `);
  await expect(page.getByText("1 user found")).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`search=${user.username}$`));
  await expect(search).toHaveValue(`${user.username} `);

  // The next page is a while on its way, longer than the search waits.
  await page.route(/\/assets\/.*\.js$/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  await search.press("x");
  await page.getByRole("link", { name: "My Account" }).click();
  await expect(page.getByRole("heading", { name: "My Account" })).toBeVisible();
  await page.waitForLoadState("networkidle");
  await expect(page).toHaveURL("/settings/account");
});

test("a long list has pages", async ({ administrator, admin }) => {
  const family = unique("Quillfeather").replaceAll("-", "");
  for (let index = 0; index < 21; index += 1) {
    await administrator.createUser({ lastName: family, displayName: `Number ${String(index).padStart(2, "0")} ${family}` });
  }
  const { page } = await admin();
  await page.goto(`/settings/admin/users?search=${family}&sort=displayName&direction=asc`);
  await expect(page.getByText("Page 1 of 2")).toBeVisible();
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page.getByText("Page 2 of 2")).toBeVisible();
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await expect(page.getByRole("rowheader")).toContainText("Number 20");
});

test("an unknown user is said to be unknown", async ({ admin, watch }) => {
  watch.expectRefusal(404, /users\//);
  const { page } = await admin();
  await page.goto("/settings/admin/users/00000000-0000-4000-8000-000000000000");
  await expect(page.getByText("User not found").first()).toBeVisible();
});

test("filters narrow the list, and the address keeps them", async ({ administrator, admin }) => {
  const family = unique("Wolfram").replaceAll("-", "");
  await administrator.createUser({ lastName: family, displayName: `Enabled ${family}` });
  await administrator.createUser({ lastName: family, displayName: `Disabled ${family}`, disabled: true });
  const { page } = await admin();
  await page.goto(`/settings/admin/users?search=${family}`);
  await expect(page.getByText("2 users found")).toBeVisible();

  await page.getByRole("button", { name: "Filters" }).click();
  await page.getByLabel("Status").selectOption("Disabled");
  await expect(page.getByText("1 user found")).toBeVisible();
  await expect(page).toHaveURL(/disabled=true/);
  await page.reload();
  await expect(page.getByRole("rowheader")).toHaveCount(1);
  await expect(page.getByRole("rowheader")).toContainText(`Disabled ${family}`);

  await page.getByRole("button", { name: "Remove filter: Disabled" }).click();
  await expect(page.getByText("2 users found")).toBeVisible();
  await expect(page.getByRole("button", { name: "Filters" })).toBeFocused();
  await page.goto(`/settings/admin/users?search=${family}&isAdmin=true`);
  await page.getByRole("button", { name: "Clear search and filters" }).click();
  await expect(page).toHaveURL(/\/users$/);
});

test("several users are disabled and deleted at once, and who is refused is named", async ({ administrator, admin }) => {
  const family = unique("Bramble").replaceAll("-", "");
  for (const name of ["A", "B", "C"]) await administrator.createUser({ lastName: family, displayName: `${name} ${family}` });
  const { page } = await admin();
  await page.goto(`/settings/admin/users?search=${family}&sort=displayName&direction=asc`);

  // From the first to the third with Shift.
  await page.getByRole("checkbox", { name: `Select A ${family}` }).click();
  await page.getByRole("checkbox", { name: `Select C ${family}` }).click({ modifiers: ["Shift"] });
  await expect(page.getByRole("checkbox", { name: "Select all on this page" })).toBeChecked();
  const bar = page.getByRole("region", { name: "Selected users" });
  await expect(bar.getByText("3 selected")).toBeVisible();
  await bar.getByRole("button", { name: "Disable", exact: true }).click();
  await page.getByRole("dialog", { name: "Disable 3 users?" }).getByRole("button", { name: "Disable 3 users" }).click();
  await expect(page.getByText("3 users disabled successfully")).toBeVisible();
  await expect(page.getByRole("rowheader").getByText("Disabled", { exact: true })).toHaveCount(3);
  await expect(bar).toBeHidden();

  await page.getByRole("checkbox", { name: `Select B ${family}` }).check();
  await bar.getByRole("button", { name: "Enable" }).click();
  await expect(page.getByText("1 user enabled successfully")).toBeVisible();

  // The list of everybody: one's own account stays.
  await page.goto("/settings/admin/users?search=marguerite&isAdmin=true");
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await page.getByRole("searchbox", { name: "Search users" }).focus();
  await bar.getByRole("button", { name: "Disable", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: /^Disable/ }).click();
  const result = page.getByRole("dialog", { name: "Not everything was done" });
  await expect(result.getByText("marguerite", { exact: false }).first()).toBeVisible();
  await page.keyboard.press("Escape");

  await page.goto(`/settings/admin/users?search=${family}`);
  await page.getByRole("checkbox", { name: "Select all on this page" }).check();
  await bar.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete 3 users" }).click();
  await expect(page.getByText("3 users deleted successfully")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Nobody found" })).toBeVisible();
});

test("a user is disabled, enabled and deleted from the three dots", async ({ administrator, admin }) => {
  const user = await administrator.createUser();
  const { page } = await admin();
  await page.goto(`/settings/admin/users?search=${user.username}`);
  const dots = page.getByRole("button", { name: `Actions for ${user.displayName}` });

  await dots.click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("User disabled successfully")).toBeVisible();
  await expect(dots).toBeFocused();
  await dots.click();
  await page.getByRole("menuitem", { name: "Enable" }).click();
  await expect(page.getByText("User enabled successfully")).toBeVisible();
  await dots.click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("User deleted successfully")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Nobody found" })).toBeVisible();
});

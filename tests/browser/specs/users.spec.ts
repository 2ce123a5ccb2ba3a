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

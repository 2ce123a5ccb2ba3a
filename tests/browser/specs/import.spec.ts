import { unique } from "../support/api.ts";
import { chooseFile } from "../support/files.ts";
import { expect, test } from "../support/test.ts";

test("users are imported after a preview that changes nothing", async ({ administrator, admin }) => {
  const known = await administrator.createUser();
  const family = unique("Imported").replaceAll("-", "");
  const file = [
    "username,email,lastName,displayName",
    `${family}.a,${family}.a@harbour.example,${family},Ada ${family}`,
    `${known.username},${known.username}@harbour.example,${family},Known ${family}`,
    `-wrong-,${family}.c@harbour.example,${family},Wrong ${family}`,
  ].join("\n");

  const { page } = await admin();
  await page.goto("/settings/admin/users");
  await page.getByRole("button", { name: "More actions" }).click();
  await page.getByRole("menuitem", { name: "Import Users" }).click();
  await expect(page.getByRole("heading", { name: "Import Users" })).toBeFocused();

  await chooseFile(page, "staff.txt", file);
  await expect(page.getByText("ends in .csv or .json")).toBeVisible();
  await chooseFile(page, "staff.csv", file);
  await expect(page.getByText("Nothing is imported while a row has an error")).toBeVisible();
  const rows = page.getByRole("table").getByRole("row");
  await expect(rows.nth(1)).toContainText("Error");

  await page.getByLabel("When a row has an error").selectOption("Import the other rows");
  await page.getByLabel("Show").selectOption("With errors (1)");
  await expect(rows).toHaveCount(2);
  await page.getByRole("button", { name: "Import 1 user" }).click();
  await expect(page.getByText("1 user imported successfully")).toBeVisible();
  await expect(page.getByText("This is what was done")).toBeVisible();

  await page.goto(`/settings/admin/users?search=${family}`);
  await expect(page.getByText("1 user found")).toBeVisible();
});

test("users are exported, and the template is a file", async ({ admin }) => {
  const { page } = await admin();
  await page.goto("/settings/admin/users");
  await expect(page.getByRole("table")).toBeVisible();
  for (const [item, name] of [["Export CSV", /\.csv$/], ["Export JSON", /\.json$/]] as const) {
    await page.getByRole("button", { name: "More actions" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: item }).click();
    expect((await download).suggestedFilename()).toMatch(name);
  }
  await page.goto("/settings/admin/users/import");
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download template" }).click();
  expect((await download).suggestedFilename()).toBe("users-template.csv");
});

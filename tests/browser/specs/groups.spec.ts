import { unique } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test("a group is made, filled, told about in claims, and deleted", async ({ administrator, admin, watch }) => {
  const user = await administrator.createUser();
  const friendlyName = unique("Night Watch");
  const { page } = await admin();
  await page.goto("/settings/admin/user-groups");

  await page.getByRole("button", { name: "Add Group" }).click();
  const adding = page.getByRole("dialog", { name: "Add Group" });
  watch.expectRefusal(400, /user-groups$/);
  await adding.getByLabel("Friendly Name").fill("x");
  await expect(adding.getByLabel("Name", { exact: true })).toHaveValue("x");
  await adding.getByRole("button", { name: "Save" }).click();
  await expect(adding.getByLabel("Friendly Name")).toBeFocused();

  await adding.getByLabel("Friendly Name").fill(friendlyName);
  await expect(adding.getByLabel("Name", { exact: true })).toHaveValue(friendlyName.toLowerCase().replace(/[^a-z0-9]+/g, "_"));
  await adding.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("User group created successfully")).toBeVisible();
  await expect(page.getByRole("heading", { name: friendlyName })).toBeVisible();
  await expect(page.getByText("Nobody is in this group yet.")).toBeVisible();

  await page.getByRole("button", { name: "Add Users" }).click();
  const choosing = page.getByRole("dialog", { name: "Add Users" });
  await choosing.getByLabel("Search users").fill(user.username);
  await choosing.getByRole("checkbox", { name: user.displayName }).check();
  await choosing.getByRole("button", { name: "Add 1 user" }).click();
  await expect(page.getByText("1 user added successfully")).toBeVisible();
  await expect(page.getByRole("link", { name: user.displayName })).toBeVisible();

  const search = page.getByLabel("Search users of this group");
  await search.fill("nobody-by-this-name");
  await expect(page.getByText("Nobody in this group matches “nobody-by-this-name”.")).toBeVisible();
  await search.fill(user.username.slice(-5));
  await expect(page.getByText("1 user found")).toBeVisible();
  await expect(page.getByRole("link", { name: user.displayName })).toBeVisible();

  await page.getByRole("button", { name: `Remove ${user.displayName} from this group` }).click();
  await expect(page.getByText(`${user.displayName} removed successfully`)).toBeVisible();
  await expect(page.getByRole("button", { name: "Add Users" })).toBeFocused();
  await search.fill("");
  await expect(page.getByText("Nobody is in this group yet.")).toBeVisible();

  await page.getByLabel("Friendly Name").fill(`${friendlyName} II`);
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("User group updated successfully")).toBeVisible();
  await expect(page.getByRole("heading", { name: `${friendlyName} II` })).toBeVisible();

  await page.getByRole("link", { name: "User Groups" }).first().click();
  await page.getByRole("button", { name: `Actions for ${friendlyName} II` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("User group deleted successfully")).toBeVisible();
  await expect(page.getByRole("link", { name: `${friendlyName} II` })).toHaveCount(0);
});

test("what is typed into a group is not lost by a slip", async ({ admin }) => {
  const { page } = await admin();
  await page.goto("/settings/admin/user-groups");
  await page.getByRole("button", { name: "Add Group" }).click();
  const friendlyName = unique("Slip");
  await page.getByRole("dialog").getByLabel("Friendly Name").fill(friendlyName);
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: friendlyName })).toBeVisible();

  await page.getByLabel("Friendly Name").fill("Changed");
  await page.getByRole("link", { name: "My Account" }).click();
  const asking = page.getByRole("dialog", { name: "Leave without saving?" });
  await asking.getByRole("button", { name: "Stay" }).click();
  await expect(page.getByLabel("Friendly Name")).toHaveValue("Changed");
  await page.getByRole("link", { name: "My Account" }).click();
  await asking.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL("/settings/account");
});

import { confirming } from "../support/stepUp.ts";
import { expect, test } from "../support/test.ts";

const path = "/settings/admin/application-configuration";

test("a changed name and colour are seen at once", async ({ admin }) => {
  const { page } = await admin();
  await page.goto(path);
  await page.getByLabel("Application Name").fill("Harbour Gate");
  await expect(page.getByRole("link", { name: /General.*not saved yet/ })).toBeVisible();
  await page.getByRole("radio", { name: "Plum" }).check();
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("General settings updated successfully")).toBeVisible();
  await expect(page.getByRole("banner").getByText("Harbour Gate")).toBeVisible();
  await expect(page).toHaveTitle(/Harbour Gate/);
  expect(await page.evaluate(() => document.documentElement.style.getPropertyValue("--accent-seed"))).toBe("#a03d62");

  await page.getByLabel("Application Name").fill("");
  await page.getByRole("radio", { name: "Verdigris" }).check();
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByRole("banner").getByText("Postern")).toBeVisible();
});

test("a wrong value is shown at its field, and what is typed elsewhere stays", async ({ admin, watch }) => {
  const { page } = await admin();
  await page.goto(`${path}#general`);
  await page.getByLabel("Session Duration").selectOption("Another time…");
  watch.expectRefusal(400, /application-configuration$/);
  await page.getByLabel("Minutes").fill("0");
  await page.getByLabel("Home Page").fill("/settings/audit-log");
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByLabel("Minutes")).toBeFocused();
  await expect(page.getByLabel("Minutes")).toHaveAttribute("aria-invalid", "true");

  await page.getByRole("link", { name: "Passkeys" }).click();
  await expect(page).toHaveURL(/#passkeys$/);
  await expect(page.getByLabel("User Verification")).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel("Home Page")).toHaveValue("/settings/audit-log");
  await page.getByRole("button", { name: "Discard changes" }).click();
  await expect(page.getByLabel("Home Page")).toHaveValue("/settings/account");
});

test("two administrators don't overwrite each other", async ({ admin, watch }) => {
  const { page } = await admin();
  const { page: other } = await admin();
  await page.goto(path);
  await other.goto(path);
  await expect(page.getByLabel("Audit Log Retention")).toHaveValue("90");
  await other.getByLabel("Audit Log Retention").fill("91");
  await other.getByRole("button", { name: "Save" }).first().click();
  await expect(other.getByText("General settings updated successfully")).toBeVisible();

  watch.expectRefusal(412, /application-configuration$/);
  await page.getByLabel("Disable Animations").check();
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("Somebody else changed this")).toBeVisible();
  await page.getByRole("button", { name: "Load theirs, keep mine" }).click();
  await expect(page.getByLabel("Audit Log Retention")).toHaveValue("91");
  await expect(page.getByLabel("Disable Animations")).toBeChecked();

  await page.getByLabel("Audit Log Retention").fill("90");
  await page.getByLabel("Disable Animations").uncheck();
  await page.getByRole("button", { name: "Save" }).first().click();
  await expect(page.getByText("General settings updated successfully")).toBeVisible();
});

test("claims of new users that another administrator saved meanwhile are shown, and stay", async ({ admin, watch }) => {
  const { page } = await admin();
  const { page: other } = await admin();
  const saveClaims = (of: typeof page) => of.getByRole("button", { name: "Save" }).locator("visible=true").last().click();
  await page.goto(`${path}#user-creation`);
  await other.goto(`${path}#user-creation`);
  await expect(page.getByText("There are no custom claims.")).toBeVisible();
  await other.getByRole("button", { name: "Add Claim" }).click();
  await other.getByLabel("Key of claim 1").fill("theirs");
  await other.getByLabel("Value of claim 1").fill("1");
  await saveClaims(other);
  await expect(other.getByText("Custom claims updated successfully")).toBeVisible();

  await page.getByRole("button", { name: "Add Claim" }).click();
  await page.getByLabel("Key of claim 1").fill("mine");
  await page.getByLabel("Value of claim 1").fill("2");
  watch.expectRefusal(412, /application-configuration$/);
  await saveClaims(page);
  await page.getByRole("button", { name: "Load theirs, keep mine" }).click();
  await expect(page.getByLabel("Key of claim 1")).toHaveValue("theirs");
  await expect(page.getByLabel("Key of claim 2")).toHaveValue("mine");
  await page.getByRole("button", { name: "Remove mine" }).click();
  await page.getByRole("button", { name: "Remove theirs" }).click();
  await saveClaims(page);
  await expect(page.getByText("Custom claims updated successfully")).toBeVisible();
});

test("a mail password that would go unencrypted is warned about before it is saved", async ({ admin }) => {
  const { page } = await admin();
  const warning = page.getByText("the user and password below go unencrypted");
  await page.goto(`${path}#email`);
  await page.getByLabel("SMTP TLS").selectOption("None");
  await page.getByLabel("SMTP User").fill("");
  await expect(warning).toBeHidden();
  await page.getByLabel("SMTP User").fill("postern");
  await expect(warning).toBeVisible();
  await page.getByLabel("SMTP TLS").selectOption("STARTTLS");
  await expect(warning).toBeHidden();
});

test("a stored password never comes back", async ({ admin, watch }) => {
  const person = await admin();
  const { page } = person;
  const save = page.getByRole("button", { name: "Save" }).locator("visible=true");
  // What mail is sent through may be changed only by somebody who has just shown their passkey.
  watch.expectRefusal(401, /application-configuration$/);
  await page.goto(`${path}#email`);
  await expect(page.getByText("This significantly reduces security")).toBeVisible();
  await confirming(person, async () => {
    await page.getByLabel("SMTP Password").fill("correct horse");
    await save.click();
    await expect(page.getByText("Email settings updated successfully")).toBeVisible();
  });
  await page.reload();
  await expect(page.getByLabel("SMTP Password")).toHaveValue("XXXXXXXXXX");
  await confirming(person, async () => {
    await page.getByLabel("SMTP Password").fill("");
    await save.click();
    await expect(page.getByText("Email settings updated successfully")).toBeVisible();
  });
});

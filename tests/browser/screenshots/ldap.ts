// Saves how the pages of a directory look, with a real one behind them.

import { configure, fillIn, history, preview, test } from "../support/ldap.ts";
import { appearanceOf, looks, savingAs } from "../support/screenshots.ts";

for (const look of looks) {
  const save = savingAs(look);

  test(`pages of a directory, ${look}`, async ({ admin, administrator, directory, watch }) => {
    watch.expectRefusal(401, /application-configuration$/);
    watch.expectRefusal(409, /test-ldap$/);
    const person = await admin(appearanceOf(look));
    const { page } = person;
    directory.addPerson(`lena.${look}`, { firstName: "Lena", lastName: "Raghunathan-Featherstonehaugh" });
    directory.addPerson(`nomail.${look}`, { email: "" });
    directory.addGroup(`pilots ${look}`, [`lena.${look}`]);
    await configure(person, () => fillIn(person));
    await administrator.configure({ ldapAdminGroupName: `pilots ${look}` });
    await page.getByRole("button", { name: "lldap" }).click();
    await page.getByText("What was filled in").click();
    await save(page, "ldap-preset", "Filled in for lldap");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Test connection" }).click();
    await save(page, "ldap-test", "users found");
    await directory.stop();
    await page.getByRole("button", { name: "Test connection" }).click();
    await save(page, "ldap-test-failed", "The directory could not be read");
    await directory.start();
    await preview(person);
    await save(page, "ldap-plan", "Nothing has been changed yet");
    await page.getByRole("button", { name: "Apply this plan" }).click();
    await save(page, "ldap-plan-apply", "Apply this plan?");
    await page.goto(history);
    await save(page, "ldap-runs", "Preview by marguerite");
  });
}

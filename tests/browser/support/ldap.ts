// What the tests of a directory's pages do again and again.

import { baseDn, Directory } from "./directory.ts";
import { confirming } from "./stepUp.ts";
import { expect, test as base, type Person } from "./test.ts";

export const settings = "/settings/admin/application-configuration#ldap";
export const history = "/settings/admin/ldap-runs";

/** One directory for all tests of a file: what one of them put in is there for the next. */
export const test = base.extend<{}, { directory: Directory }>({
  directory: [
    async ({}, use) => {
      const directory = await Directory.open();
      await use(directory);
      await directory.close();
    },
    { scope: "worker" },
  ],
});

/** Changes settings of the directory: only somebody may who has just shown their passkey. */
export async function configure(person: Person, change: () => Promise<void>): Promise<void> {
  const { page } = person;
  await page.goto(settings);
  await expect(page.getByText("How the directory is reached")).toBeVisible();
  await confirming(person, async () => {
    await change();
    await page.getByRole("button", { name: "Save" }).locator("visible=true").click();
    await expect(page.getByText("LDAP settings updated successfully")).toBeVisible();
  });
}

/** As the tests' directory calls things. */
export async function fillIn({ page }: Person): Promise<void> {
  await page.getByRole("button", { name: "OpenLDAP" }).click();
  await page.getByLabel("LDAP Base DN").fill(baseDn);
}

/** Has the plan of a sync made, and waits for its page. */
export async function preview({ page }: Person): Promise<void> {
  await page.goto(history);
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^Sync (plan|run)$/ })).toBeFocused();
}

/** The row of a table that is about `name`. */
export const rowOf = ({ page }: Person, name: string) =>
  page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });

import { expect, type Page } from "@playwright/test";

/** Presses Tab until the element with this accessible name has the focus, and checks that the focus can be seen. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const named = page.locator(":focus").and(page.getByRole("button", { name }).or(page.getByRole("link", { name })).or(page.getByLabel(name)));
  for (let presses = 0; presses < 100; presses += 1) {
    await page.keyboard.press("Tab");
    if (await named.count()) break;
  }
  await expect(named).toHaveCount(1);
  expect(await named.evaluate((element) => getComputedStyle(element).outlineStyle)).not.toBe("none");
}

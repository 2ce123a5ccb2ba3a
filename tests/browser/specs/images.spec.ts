import type { Page } from "@playwright/test";
import { chooseFile } from "../support/files.ts";
import { expect, type Person, test } from "../support/test.ts";

const path = "/settings/admin/application-configuration#images";

/** Uploads a piece of the page itself under each name, lets `act` see it, and takes it away again. */
async function having({ page }: Person, names: readonly string[], act: () => Promise<void>): Promise<void> {
  await page.goto(path);
  const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 300, height: 100 } });
  for (const name of names) {
    await chooseFile(page, "picture.png", picture, "image/png", `Upload ${name}`);
    await expect(page.getByText("Image updated successfully").last()).toBeVisible();
    await expect(page.getByRole("button", { name: `Reset ${name}` })).toBeVisible();
  }
  await act();
  for (const name of names) {
    await page.getByRole("button", { name: `Reset ${name}` }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Reset" }).click();
    await expect(page.getByRole("button", { name: `Reset ${name}` })).toBeHidden();
  }
}

const iconOf = (page: Page) => page.locator("link[rel=icon]");

test("what an administrator uploads is the look of the pages, at once, and can be taken back", async ({ admin, visitor, watch }) => {
  watch.expectRefusal(404, /application-images/);
  const person = await admin();
  const brand = person.page.locator("header img");
  await having(person, ["Logo for light pages", "Background", "Favicon"], async () => {
    await expect(brand).toHaveJSProperty("naturalWidth", 300);
    await expect(iconOf(person.page)).toHaveAttribute("href", /favicon/);

    const { page } = await visitor();
    const logo = page.waitForResponse(/application-images\/logo\?light=true&v=[0-9a-f]{32}$/);
    await page.goto("/login");
    expect((await logo).headers()["cache-control"]).toContain("immutable");
    await expect(page.getByRole("img", { name: "Postern" })).toHaveJSProperty("naturalWidth", 300);
    await expect(page.locator("img.background")).toHaveJSProperty("naturalWidth", 300);
    await expect(iconOf(page)).toHaveAttribute("href", /application-images\/favicon\?v=[0-9a-f]{32}$/);
  });
  await expect(brand).toHaveCount(0);
  await expect(iconOf(person.page)).toHaveAttribute("href", "/icon.svg");
  const { page } = await visitor();
  await page.goto("/login");
  await expect(page.getByRole("heading", { name: "Sign in to Postern" })).toBeVisible();
  await expect(page.getByRole("img")).toHaveCount(0);
});

for (const [there, scheme] of [["dark", "light"], ["light", "dark"]] as const) {
  test(`a logo for ${there} pages serves ${scheme} ones that have none`, async ({ admin, visitor, watch }) => {
    watch.expectRefusal(404, /application-images/);
    await having(await admin(), [`Logo for ${there} pages`], async () => {
      const { page } = await visitor({ colorScheme: scheme });
      const logo = page.waitForResponse(new RegExp(`logo\\?light=${there === "light"}&`));
      await page.goto("/login");
      expect((await logo).ok()).toBe(true);
      await expect(page.getByRole("img", { name: "Postern" })).toHaveJSProperty("naturalWidth", 300);
    });
  });
}

test("nothing moves when the logo comes, and our mark stands in for one that does not", async ({ admin, visitor, watch }) => {
  watch.expectRefusal(404, /application-images/);
  await having(await admin(), ["Logo for light pages"], async () => {
    const { page } = await visitor();
    let letCome = () => {};
    const held = new Promise<void>((resolve) => (letCome = resolve));
    await page.route("**/application-images/**", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto("/login", { waitUntil: "domcontentloaded" });
    const heading = page.getByRole("heading", { name: "Sign in to Postern" });
    const before = await heading.boundingBox();
    letCome();
    await expect(page.getByRole("img", { name: "Postern" })).toHaveJSProperty("naturalWidth", 300);
    expect(await heading.boundingBox()).toEqual(before);

    const { page: another } = await visitor();
    await another.route("**/application-images/**", (route) => route.fulfill({ status: 404 }));
    await another.goto("/login");
    await expect(another.locator("main svg").first()).toBeVisible();
    await expect(another.getByRole("img")).toHaveCount(0);
  });
});

// How pages are looked at, and where their pictures go.

import { mkdirSync } from "node:fs";
import { type BrowserContextOptions, devices, expect, type Page } from "@playwright/test";
import { results } from "./environment.ts";

const folder = `${results}/screenshots`;

const appearances = {
  desktop: { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  phone: { ...devices["Pixel 7"], viewport: { width: 390, height: 844 }, colorScheme: "light" },
  dark: { viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
} as const satisfies Record<string, BrowserContextOptions>;

export type Look = keyof typeof appearances;

export const looks = Object.keys(appearances) as Look[];

export const appearanceOf = (look: Look) => ({ ...appearances[look], reducedMotion: "reduce" }) as const;

/** Saves a page under a name, once `ready` can be read on it. */
export function savingAs(look: Look): (page: Page, name: string, ready: string) => Promise<void> {
  mkdirSync(folder, { recursive: true });
  return async (page, name, ready) => {
    await expect(page.getByText(ready).locator("visible=true").first()).toBeVisible();
    await page.waitForLoadState("networkidle");
    // A picture of the whole page resizes the window, which closes a menu.
    const fullPage = (await page.locator("dialog[open], [role=dialog], :popover-open").count()) === 0;
    const file = `${name}-${look}.png`;
    await page.screenshot({ path: `${folder}/${file}`, fullPage });
    console.log(`    ${file}`);
  };
}

import type { Page } from "@playwright/test";

/** Chooses a file where the page asks for one. */
export async function chooseFile(page: Page, name: string, content: string | Buffer, mimeType = "text/csv", button: string | RegExp = /^Choose/): Promise<void> {
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: button }).click();
  await (await chooser).setFiles({ name, mimeType, buffer: Buffer.from(content) });
}

import { type Browser, type BrowserContext, type BrowserContextOptions, test as base, expect, type Page } from "@playwright/test";
import { Administrator, keepAdministrator, readAdministrator, type TestUser } from "./api.ts";
import { Authenticator } from "./authenticator.ts";
import { baseUrl, mailPort } from "./environment.ts";
import { Mailbox } from "./mailbox.ts";
import { Watch } from "./watch.ts";

/** One person at one browser of their own. */
export interface Person {
  page: Page;
  context: BrowserContext;
  authenticator: Authenticator;
}

interface Fixtures {
  watch: Watch;
  administrator: Administrator;
  mailbox: Mailbox;
  /** Somebody with an empty browser. */
  visitor: (options?: BrowserContextOptions) => Promise<Person>;
  /** The first administrator, signed in (unless `options` say otherwise), with their passkey. */
  admin: (options?: BrowserContextOptions) => Promise<Person>;
  /** A user without privileges, signed in by a one-time link. */
  member: (options?: BrowserContextOptions) => Promise<Person & { user: TestUser }>;
}

/** For a browser without a session. */
export const signedOut = { storageState: { cookies: [], origins: [] } };

/** Has `page` take this for what the server says of `key`, whatever another test has left there; from its next load on. */
export async function pretend(page: Page, key: string, value: string): Promise<void> {
  await page.route(/\/api\/application-configuration$/, async (route) => {
    const response = await route.fetch();
    const entries: { key: string; value: string }[] = await response.json();
    await route.fulfill({ response, json: entries.map((entry) => (entry.key === key ? { ...entry, value } : entry)) });
  });
}

async function arrive(browser: Browser, watch: Watch, options: BrowserContextOptions): Promise<Person> {
  const context = await browser.newContext({ baseURL: baseUrl, ...options });
  await watch.follow(context);
  const page = await context.newPage();
  return { page, context, authenticator: await Authenticator.attach(page) };
}

export const test = base.extend<Fixtures>({
  watch: async ({}, use) => {
    const watch = new Watch();
    await use(watch);
    expect(watch.found).toEqual([]);
  },

  administrator: async ({ playwright }, use) => {
    const administrator = await Administrator.open(playwright);
    await use(administrator);
    await administrator.close();
  },

  mailbox: async ({}, use) => {
    const mailbox = await Mailbox.open(mailPort);
    await use(mailbox);
    await mailbox.close();
  },

  visitor: async ({ browser, watch }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options = {}) => {
      const person = await arrive(browser, watch, options);
      contexts.push(person.context);
      return person;
    });
    for (const context of contexts) await context.close();
  },

  admin: async ({ visitor }, use) => {
    const people: Person[] = [];
    await use(async (options = {}) => {
      const { storageState, credential } = readAdministrator();
      const person = await visitor({ storageState, ...options });
      await person.authenticator.keep(credential);
      people.push(person);
      return person;
    });
    // The passkey counts its signatures, and the server refuses one that counts backwards.
    for (const { authenticator } of people) {
      const [credential] = await authenticator.credentials();
      if (credential) keepAdministrator({ ...readAdministrator(), credential });
    }
  },

  member: async ({ visitor, administrator }, use) => {
    await use(async (options = {}) => {
      const user = await administrator.createUser();
      const person = await visitor(options);
      await person.page.goto((await administrator.createLink(user)).path);
      await person.page.getByRole("button", { name: "Continue" }).click();
      await expect(person.page.getByRole("heading", { name: "Set up your passkey" })).toBeVisible();
      return { ...person, user };
    });
  },
});

export { expect };

// What a test needs to be there before it begins, made through the API as the first administrator.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type APIRequestContext, type BrowserContext, expect, type PlaywrightWorkerArgs } from "@playwright/test";
import type { KeptCredential } from "./authenticator.ts";
import { adminFile, baseUrl } from "./environment.ts";

export interface KeptAdministrator {
  storageState: Awaited<ReturnType<BrowserContext["storageState"]>>;
  credential: KeptCredential;
}

export const readAdministrator = (): KeptAdministrator => JSON.parse(readFileSync(adminFile, "utf8"));

export function keepAdministrator(administrator: KeptAdministrator): void {
  mkdirSync(dirname(adminFile), { recursive: true });
  writeFileSync(adminFile, JSON.stringify(administrator));
}

export interface TestUser {
  id: string;
  username: string;
  displayName: string;
}

let made = 0;

/** A name that no other test uses, in this run or another on the same server. */
export function unique(stem: string): string {
  made += 1;
  return `${stem}-${Date.now().toString(36)}-${made}`;
}

export class Administrator {
  readonly #request: APIRequestContext;

  constructor(request: APIRequestContext) {
    this.#request = request;
  }

  static async open(playwright: PlaywrightWorkerArgs["playwright"]): Promise<Administrator> {
    const { storageState } = readAdministrator();
    return new Administrator(
      await playwright.request.newContext({ baseURL: baseUrl, storageState, extraHTTPHeaders: { Origin: baseUrl } }),
    );
  }

  async createUser(details: Record<string, unknown> = {}): Promise<TestUser> {
    const username = unique("user");
    const body = {
      username,
      email: `${username}@harbour.example`,
      firstName: "Tomás",
      lastName: "Okonkwo",
      displayName: `Tomás ${username}`,
      isAdmin: false,
      disabled: false,
      emailVerified: false,
      ...details,
    };
    const response = await this.#request.post("/api/users", { data: body });
    expect(response.status(), await response.text()).toBe(201);
    return response.json();
  }

  async disable(user: TestUser): Promise<void> {
    const response = await this.#request.post("/api/users/bulk", { data: { ids: [user.id], action: "disable" } });
    expect(response.status(), await response.text()).toBe(200);
  }

  /** The path of a fresh one-time link. */
  async createLink(user: TestUser, seconds = 3600): Promise<{ id: string; path: string }> {
    const response = await this.#request.post(`/api/users/${user.id}/one-time-access-token`, { data: { ttl: seconds } });
    expect(response.status(), await response.text()).toBe(201);
    const { id, token } = await response.json();
    return { id, path: `/lc/${token}` };
  }

  async revokeLink(user: TestUser, linkId: string): Promise<void> {
    const response = await this.#request.delete(`/api/users/${user.id}/one-time-access-tokens/${linkId}`);
    expect(response.status()).toBe(204);
  }

  /** Changes the settings named, until `configure` is called for them again. */
  async configure(values: Record<string, string>): Promise<void> {
    const response = await this.#request.put("/api/application-configuration", { data: values });
    expect(response.status(), await response.text()).toBe(200);
  }

  /** A fresh signup token, and the path of its link. */
  async createSignupToken(details: Record<string, unknown> = {}): Promise<{ id: string; token: string; path: string }> {
    const response = await this.#request.post("/api/signup-tokens", { data: { ttl: 3600, usageLimit: 1, ...details } });
    expect(response.status(), await response.text()).toBe(201);
    const { id, token } = await response.json();
    return { id, token, path: `/st/${token}` };
  }

  async revokeSignupToken(id: string): Promise<void> {
    expect((await this.#request.delete(`/api/signup-tokens/${id}`)).status()).toBe(204);
  }

  async createGroup(friendlyName: string): Promise<{ id: string; friendlyName: string }> {
    const response = await this.#request.post("/api/user-groups", { data: { friendlyName, name: friendlyName } });
    expect(response.status(), await response.text()).toBe(201);
    return response.json();
  }

  async addToGroup(groupId: string, user: TestUser): Promise<void> {
    const response = await this.#request.post(`/api/user-groups/${groupId}/users`, { data: { userIds: [user.id] } });
    expect(response.ok(), await response.text()).toBe(true);
  }

  async close(): Promise<void> {
    await this.#request.dispose();
  }
}

import { fileURLToPath } from "node:url";
import type { LaunchOptions } from "@playwright/test";

export const baseUrl = process.env["BASE_URL"] ?? "http://localhost:8787";

/** Empty when the server needs none. */
export const setupToken = process.env["SETUP_TOKEN"] ?? "";

/** Where the tests take mail: Spin has to know it when it starts. 0: on any free port. */
export const mailPort = Number(process.env["MAIL_PORT"] ?? 0);

/** Where the server looks for the proxy beside a directory, and what it presents there. The tests bring both along. */
export const ldapProxy = {
  url: process.env["LDAP_PROXY_URL"] ?? "http://127.0.0.1:8636",
  secret: process.env["LDAP_PROXY_SECRET"] ?? "a secret of the tests, long enough",
};

export const results = fileURLToPath(new URL("../../../test-results", import.meta.url));

/** The first administrator's cookies and passkey, for the tests that come after set-up. */
export const adminFile = `${results}/administrator.json`;

export const chromium: LaunchOptions = {
  executablePath: process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
};

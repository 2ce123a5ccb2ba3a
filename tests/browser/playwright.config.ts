import { defineConfig } from "@playwright/test";
import { baseUrl, chromium, results } from "./support/environment.ts";

// One server, one database: the tests run one after another, and each makes its own users.
export default defineConfig({
  testDir: "specs",
  outputDir: `${results}/browser`,
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: { baseURL: baseUrl, trace: "retain-on-failure", launchOptions: chromium },
  projects: [
    { name: "set-up", testMatch: "set-up.ts" },
    { name: "pages", testMatch: "*.spec.ts", dependencies: ["set-up"] },
  ],
});

import { defineConfig } from "@playwright/test";
import suite from "./playwright.config.ts";

export default defineConfig({
  ...suite,
  // Each of these visits some twenty pages, on a slow machine for minutes.
  timeout: 300_000,
  // Recording what happens takes longer than what happens.
  use: { ...suite.use, trace: "off", actionTimeout: 15_000 },
  projects: [
    { name: "set-up", testDir: "specs", testMatch: "set-up.ts" },
    { name: "screenshots", testDir: "screenshots", testMatch: "*.ts", dependencies: ["set-up"] },
  ],
});

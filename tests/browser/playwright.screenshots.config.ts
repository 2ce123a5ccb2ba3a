import { defineConfig } from "@playwright/test";
import suite from "./playwright.config.ts";

export default defineConfig({
  ...suite,
  projects: [
    { name: "set-up", testDir: "specs", testMatch: "set-up.ts" },
    { name: "screenshots", testDir: "screenshots", testMatch: "*.ts", dependencies: ["set-up"] },
  ],
});

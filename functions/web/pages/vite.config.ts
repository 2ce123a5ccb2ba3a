import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// The API that `cargo xtask dev` serves; `npm run dev` sends it what the pages ask for.
const api = process.env["POSTERN_API"] ?? "http://localhost:8787";

export default defineConfig({
  plugins: [svelte()],
  server: { port: 5173, proxy: { "/api": api } },
  build: {
    target: "es2022",
    // The policy allows no inline script, and every browser with passkeys preloads modules itself.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // One file for all that sign-in needs: fewer requests, and it compresses better.
          groups: [{ name: "sign-in", test: /src\/main\.ts$/ }],
        },
      },
    },
  },
});

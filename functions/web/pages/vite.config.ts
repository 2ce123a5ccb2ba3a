import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

// The API that `cargo xtask dev` serves; `npm run dev` sends it what the pages ask for.
const api = process.env["POSTERN_API"] ?? "http://localhost:8787";

/** Writes compressed forms beside each file, for runtimes that serve files as they are (Spin). */
function compressed(): Plugin {
  return {
    name: "compressed",
    async writeBundle({ dir = "dist" }, files) {
      for (const name of Object.keys(files)) {
        const file = path.join(dir, name);
        const content = await readFile(file);
        await writeFile(`${file}.br`, brotliCompressSync(content));
        await writeFile(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [svelte(), compressed()],
  server: { port: 5173, proxy: { "^/api/": api } },
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

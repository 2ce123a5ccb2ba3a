import { expect, test } from "../support/test.ts";

const LIMIT = 40 * 1024;

test("everything that the sign-in page transfers fits in 40 KB", async ({ visitor }) => {
  const { page, context } = await visitor();
  const network = await context.newCDPSession(page);
  await network.send("Network.enable");
  const urls = new Map<string, string>();
  const sizes = new Map<string, number>();
  network.on("Network.requestWillBeSent", ({ requestId, request }) => urls.set(requestId, request.url));
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) =>
    sizes.set(urls.get(requestId) ?? requestId, encodedDataLength),
  );

  await page.goto("/login");
  await expect(page.getByRole("button", { name: "Authenticate" })).toBeVisible();
  await expect(page.getByLabel("Username")).toBeVisible();
  await page.waitForLoadState("networkidle");

  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const table = [...sizes].map(([url, size]) => `${String(size).padStart(6)} ${new URL(url).pathname}`).join("\n");
  console.log(`${table}\n${String(total).padStart(6)} in all`);
  expect(sizes.size).toBeGreaterThan(3);
  expect(total, table).toBeLessThanOrEqual(LIMIT);
});

test("pages carry the content security policy, and assets may be kept for a year", async ({ request }) => {
  const page = await request.get("/login");
  const policy = page.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain("unsafe");
  expect(page.headers()["referrer-policy"]).toBe("no-referrer");
  expect(page.headers()["x-content-type-options"]).toBe("nosniff");
  expect(page.headers()["cache-control"]).toContain("no-cache");

  const script = /\/assets\/[^"]+\.js/.exec(await page.text())?.[0] ?? "";
  expect((await request.get(script)).headers()["cache-control"]).toBe("public, max-age=31536000, immutable");
});

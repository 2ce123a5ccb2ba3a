import assert from "node:assert/strict";
import { test } from "node:test";
import { match, type Route } from "./router.ts";

const page = () => Promise.reject(new Error("not loaded in this test"));
const routes: Route[] = [
  { path: "/", for: "anyone", page },
  { path: "/lc/:code", for: "anyone", page },
  { path: "/settings/admin/users/:id", for: "admin", page },
];

test("a named part is handed over decoded", () => {
  assert.deepEqual(match(routes, "/lc/a%20b")?.parameters, { code: "a b" });
  assert.equal(match(routes, "/settings/admin/users/7")?.route.for, "admin");
});

test("a trailing slash changes nothing", () => {
  assert.equal(match(routes, "/lc/abc/")?.route.path, "/lc/:code");
});

test("a broken escape is taken as it stands", () => {
  assert.deepEqual(match(routes, "/lc/%E0%A4%A")?.parameters, { code: "%E0%A4%A" });
});

test("an unknown path matches nothing", () => {
  assert.equal(match(routes, "/nowhere"), undefined);
  assert.equal(match(routes, "/lc"), undefined);
});

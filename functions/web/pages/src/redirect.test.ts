import assert from "node:assert/strict";
import { test } from "node:test";
import { safeRedirect, signInPath } from "./redirect.ts";

test("a path of this origin passes with its query and fragment", () => {
  for (const path of ["/", "/settings/account", "/settings/admin/users?page=2&search=a%20b#row", "/lc/abc", "/a@b"]) {
    assert.equal(safeRedirect(path), path);
  }
});

test("whatever leads away from this origin is refused", () => {
  const attacks = [
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    " /settings",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "//user:password@evil.example",
    "@evil.example",
    "evil.example",
    "/.//evil.example",
    "/a/..//evil.example",
    "",
    null,
    undefined,
  ];
  for (const attack of attacks) assert.equal(safeRedirect(attack), undefined, String(attack));
});

test("dots are resolved inside this origin", () => {
  assert.equal(safeRedirect("/settings/../login"), "/login");
});

test("the sign-in page is told where to come back to", () => {
  assert.equal(signInPath("/settings/account"), "/login?redirect=%2Fsettings%2Faccount");
  assert.equal(signInPath("/"), "/login");
  assert.equal(signInPath("//evil.example"), "/login");
});

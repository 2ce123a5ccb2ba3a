import assert from "node:assert/strict";
import { test } from "node:test";
import { suggestUsername } from "./username.ts";

const from = (typed: Partial<Parameters<typeof suggestUsername>[0]>) =>
  suggestUsername({ firstName: "", lastName: "", email: "", ...typed });

test("the mailbox goes before the names", () => {
  assert.equal(from({ firstName: "Ada", lastName: "Lovelace" }), "ada.lovelace");
  assert.equal(from({ firstName: "Ada", email: "A.Byron@harbour.example" }), "a.byron");
  assert.equal(from({ firstName: "Ada", email: "byron+post@harbour.example" }), "byron");
});

test("half of a name is enough, and nothing suggests nothing", () => {
  assert.equal(from({ firstName: "Ada" }), "ada");
  assert.equal(from({ lastName: " van der Meer " }), "van.der.meer");
  assert.equal(from({}), "");
});

test("letters lose their marks, and those that have no plain form are left out", () => {
  assert.equal(from({ firstName: "Zoë", lastName: "Strauß-Łukaszewicz" }), "zoe.strauss-lukaszewicz");
  assert.equal(from({ firstName: "文", lastName: "赵" }), "");
  assert.equal(from({ firstName: "文", lastName: "Zhao" }), "zhao");
  assert.equal(from({ email: "赵@harbour.example", firstName: "Wen" }), "wen");
});

test("what is suggested is always allowed", () => {
  const allowed = /^[a-z0-9]([a-z0-9_.@-]*[a-z0-9])?$/;
  for (const email of ["-a-", "..b", "c".repeat(80), `${"d".repeat(49)}-e`, "f!#$%&'*/=?^`{|}~g", "h--__i"]) {
    const suggested = from({ email });
    assert.match(suggested, allowed);
    assert.ok(suggested.length <= 50, suggested);
  }
});

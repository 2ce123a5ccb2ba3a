import assert from "node:assert/strict";
import { test } from "node:test";
import { stagesOf, stepsTo } from "./stages.ts";

const inClear = { smtpTls: "none", smtpUser: "" };
const words = (failed: string, settings: Record<string, string>) =>
  stepsTo(failed, stagesOf(settings)).map(({ stage, state }) => `${stage} ${state}`);

test("what came before is done, what comes after was not reached", () => {
  assert.deepEqual(words("recipient", inClear), ["connect done", "greeting done", "sender done", "recipient failed", "message open"]);
  assert.equal(words("connect", { smtpTls: "tls", smtpUser: "postern" }).length, 7);
});

test("a stage that failed is told even where the settings know of none", () => {
  assert.ok(words("tls", inClear).includes("tls failed"));
});

test("nobody was talked to", () => {
  assert.deepEqual(words("settings", inClear), []);
  assert.deepEqual(words("undefined", inClear), []);
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../api/errors.ts";
import type { Step } from "../../api/ldap.ts";
import { repeat } from "./repeat.ts";

const going: Step = { finished: false, run: undefined };
const finished: Step = { finished: true, run: undefined };
const atOnce = async () => {};

/** Answers with `answers`, one after another. */
function server(...answers: (Step | Error)[]) {
  let asked = 0;
  const ask = async () => {
    const answer = answers[asked]!;
    asked += 1;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { ask, asked: () => asked };
}

const listener = (stopped = () => false) => {
  const heard: Step[] = [];
  return { heard, told: (step: Step) => void heard.push(step), stopped };
};

test("it asks until the run has finished, and tells each step", async () => {
  const { ask } = server(going, going, finished);
  const hears = listener();
  assert.equal(await repeat(ask, hears, atOnce), finished);
  assert.deepEqual(hears.heard, [going, going, finished]);
});

test("a server that is away for a moment ends nothing that is under way", async () => {
  const { ask } = server(going, new ApiError(0, undefined), new ApiError(503, undefined), finished);
  assert.equal(await repeat(ask, listener(), atOnce), finished);
});

test("what fails at once, is refused, or stays away is thrown", async () => {
  const away = () => new ApiError(0, undefined);
  await assert.rejects(repeat(server(away()).ask, listener(), atOnce));
  const refusal = new ApiError(409, { code: "ldap_failed" });
  await assert.rejects(repeat(server(going, refusal).ask, listener(), atOnce), refusal);
  const gone = server(going, away(), away(), away(), away(), away(), away());
  await assert.rejects(repeat(gone.ask, listener(), atOnce));
  assert.equal(gone.asked(), 7);
});

test("a run that stands still is asked for less often", async () => {
  const { ask } = server(going, going, going, finished);
  const pauses: number[] = [];
  await repeat(ask, listener(), async (ms) => void pauses.push(ms));
  assert.ok(pauses[0]! < pauses[2]!, pauses.join());
});

test("nobody asks for whoever has left", async () => {
  const { ask, asked } = server(going, going, going);
  const hears = listener(() => hears.heard.length >= 2);
  assert.equal(await repeat(ask, hears, atOnce), undefined);
  assert.equal(asked(), 2);
});

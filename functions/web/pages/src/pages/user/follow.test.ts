import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { followWhile } from "./follow.ts";

/** Lets what waits for an answer go on. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

async function pass(seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    mock.timers.tick(1000);
    await settled();
  }
}

test("it looks less and less often, only while it is worth it, and stops", async (context) => {
  mock.timers.enable({ apis: ["setTimeout"] });
  context.after(() => mock.timers.reset());
  let looks = 0;
  let worthIt = true;
  const stop = followWhile(() => worthIt, async () => void (looks += 1));

  await pass(60);
  const inTheFirstMinute = looks;
  assert.ok(inTheFirstMinute > 3 && inTheFirstMinute < 10, String(looks));
  await pass(60);
  assert.ok(looks - inTheFirstMinute <= 3, String(looks));

  worthIt = false;
  const before = looks;
  await pass(120);
  assert.equal(looks, before);

  worthIt = true;
  await pass(4);
  assert.equal(looks, before + 1);
  stop();
  await pass(120);
  assert.equal(looks, before + 1);
});

// A run takes as many requests as it needs: each goes on where the last one ended.

import type { Step } from "../../api/ldap.ts";
import { isApiError } from "../../api/errors.ts";

const BETWEEN_MS = 400;
/** Most, while somebody else works at the run and it does not move. */
const STILL_MS = 5_000;
const AGAIN_MS = 2_000;
/** How often in a row the server may be away once a run is under way. */
const PATIENCE = 5;

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

interface Listener {
  /** Hears of each step. */
  told: (step: Step) => void;
  /** Nobody waits for it any more. */
  stopped: () => boolean;
}

/** Asks until the run has finished; answers with the last step, or with nothing when it was stopped. */
export async function repeat(
  ask: () => Promise<Step>,
  { told, stopped }: Listener,
  pause: (ms: number) => Promise<void> = wait,
): Promise<Step | undefined> {
  let begun = false;
  let failures = 0;
  const pauseAfter = pacer();
  while (!stopped()) {
    try {
      const step = await ask();
      if (stopped()) return undefined;
      told(step);
      if (step.finished) return step;
      begun = true;
      failures = 0;
      await pause(pauseAfter(step));
    } catch (error) {
      failures += 1;
      if (!begun || failures > PATIENCE || !passes(error)) throw error;
      await pause(AGAIN_MS * failures);
    }
  }
  return undefined;
}

/** How long to wait after a step: the longer, the longer nothing has moved. */
function pacer(): (step: Step) => number {
  let between = BETWEEN_MS;
  let done: number | undefined;
  return ({ run }) => {
    const moves = run?.progress.done !== done;
    done = run?.progress.done;
    between = moves ? BETWEEN_MS : Math.min(between * 1.5, STILL_MS);
    return between;
  };
}

/** No answer, or one of somebody on the way: the run itself goes on. */
const passes = (error: unknown) => isApiError(error) && [0, 502, 503, 504].includes(error.status);

// Looks again at what changes by itself: soon at first, then less and less often.

const SOON_MS = 3_000;
const SELDOM_MS = 30_000;

/** Calls `look` again and again, while `isWorthIt` says so, until the returned function is called. */
export function followWhile(isWorthIt: () => boolean, look: () => Promise<void>): () => void {
  let pause = SOON_MS;
  let stopped = false;
  let timer = setTimeout(again, pause);

  async function again(): Promise<void> {
    const worthIt = isWorthIt();
    if (worthIt) await look();
    // What is new is followed closely again.
    pause = worthIt ? Math.min(pause * 1.5, SELDOM_MS) : SOON_MS;
    if (!stopped) timer = setTimeout(again, pause);
  }

  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

// A wait that the server asked for, counted down on the page.

import { onDestroy } from "svelte";
import { isApiError } from "../api/errors.ts";

/** Make one while a component begins: it stops with it. */
export class Wait {
  /** Seconds that are left. */
  left = $state(0);
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    onDestroy(() => clearInterval(this.#timer));
  }

  /** Begins when `error` says how long to wait; returns whether it does. */
  beginFor(error: unknown): boolean {
    if (!isApiError(error) || !error.retryAfter) return false;
    const end = Date.now() + error.retryAfter * 1000;
    const tick = () => {
      // A browser that slept catches up.
      this.left = Math.max(0, Math.ceil((end - Date.now()) / 1000));
      if (this.left === 0) clearInterval(this.#timer);
    };
    clearInterval(this.#timer);
    this.#timer = setInterval(tick, 1000);
    tick();
    return true;
  }
}

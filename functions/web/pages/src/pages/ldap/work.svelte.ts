// A run that this page drives, request by request, until it has finished or the page is left.

import { onDestroy } from "svelte";
import type { Run, Step } from "../../api/ldap.ts";
import { repeat } from "./repeat.ts";

/** Make one while a component begins: it stops with it. */
export class Work {
  busy = $state(false);
  /** The run as it was last told. */
  run = $state.raw<Run>();
  error = $state.raw<unknown>();
  #left = false;

  constructor() {
    onDestroy(() => (this.#left = true));
  }

  /**
   * Answers with the last step; with nothing when it failed, was left, or another one is under way. `ask` is told
   * the run to go on with. `first`: what came of asking already.
   */
  async drive(ask: (run?: string) => Promise<Step>, first?: Step): Promise<Step | undefined> {
    if (this.busy) return undefined;
    this.busy = true;
    this.run = undefined;
    this.error = undefined;
    let known = first;
    const next = async () => {
      const step = known ?? (await ask(this.run?.id));
      known = undefined;
      return step;
    };
    try {
      return await repeat(next, { told: ({ run }) => (this.run = run ?? this.run), stopped: () => this.#left });
    } catch (error) {
      this.error = error;
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}

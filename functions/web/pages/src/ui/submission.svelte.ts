// One act at a time: whether it runs, and what went wrong last.

import { fieldErrors } from "../text/describe.ts";

export class Submission {
  busy = $state(false);
  error = $state.raw<unknown>();
  fields = $derived(fieldErrors(this.error));

  /** Runs `act` unless one runs already; returns whether it succeeded. */
  async run(act: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = undefined;
    try {
      await act();
      return true;
    } catch (error) {
      this.error = error;
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** The error, unless all of it is shown beside the fields named `known`. */
  problem(known: readonly string[]): unknown {
    const named = Object.keys(this.fields);
    return named.length > 0 && named.every((field) => known.includes(field)) ? undefined : this.error;
  }
}

/** Puts the focus into the first field that was refused. */
export function focusFirstInvalid(form: HTMLElement | undefined): void {
  form?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
}

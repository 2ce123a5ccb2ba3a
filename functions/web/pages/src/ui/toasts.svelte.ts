// One short message after an act, and one after a refusal. A later one takes
// the place of an earlier one; a refusal stays until it is dismissed.

import { describeInLine } from "../text/describe.ts";

const LIFE_MS = 6_000;

let done = $state("");
let failed = $state("");
let timer: ReturnType<typeof setTimeout> | undefined;

export const toasts = {
  get done(): string {
    return done;
  },

  get failed(): string {
    return failed;
  },

  tellDone(message: string): void {
    clearTimeout(timer);
    done = message;
    timer = setTimeout(toasts.dismissDone, LIFE_MS);
  },

  tellFailed(error: unknown): void {
    failed = describeInLine(error);
  },

  dismissDone(): void {
    done = "";
  },

  dismissFailed(): void {
    failed = "";
  },
};

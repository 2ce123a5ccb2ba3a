// Short messages after an act. A refusal stays until it is dismissed.

import { describeInLine } from "../text/describe.ts";

export interface Toast {
  id: number;
  kind: "done" | "failed";
  message: string;
}

const LIFE_MS = 6_000;

let shown = $state.raw<Toast[]>([]);
let lastId = 0;

export const toasts = {
  get shown(): Toast[] {
    return shown;
  },

  done(message: string): void {
    const { id } = add("done", message);
    setTimeout(() => toasts.dismiss(id), LIFE_MS);
  },

  failed(error: unknown): void {
    add("failed", describeInLine(error));
  },

  dismiss(id: number): void {
    shown = shown.filter((toast) => toast.id !== id);
  },
};

function add(kind: Toast["kind"], message: string): Toast {
  lastId += 1;
  const toast = { id: lastId, kind, message };
  shown = [...shown.filter((other) => other.message !== message).slice(-3), toast];
  return toast;
}

import type { Values } from "../../api/applicationConfiguration.ts";

/** What of `typed` is not stored already. */
export function typedOver(typed: Values, stored: Values): Values {
  return Object.fromEntries(Object.entries(typed).filter(([key, value]) => value !== (stored[key] ?? "")));
}

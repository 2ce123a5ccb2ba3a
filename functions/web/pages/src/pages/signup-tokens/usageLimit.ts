import { LARGE_USAGE_LIMIT, USAGE_LIMIT } from "../../api/signupTokens.ts";

/** Most uses that can be asked for. */
export const mostUses = (large: boolean) => (large ? LARGE_USAGE_LIMIT : USAGE_LIMIT);

/** The number that was typed, if it is one that can be asked for. */
export function readUsageLimit(typed: string, large: boolean): number | undefined {
  const limit = /^\d+$/.test(typed.trim()) ? Number(typed) : 0;
  return limit >= 1 && limit <= mostUses(large) ? limit : undefined;
}

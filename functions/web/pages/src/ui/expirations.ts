import { formText } from "../text/form.ts";

const HOUR = 3600;

export const DAY = 24 * HOUR;

/** How long one-time links and signup tokens may live, in seconds. */
export const expirations: readonly { label: string; value: number }[] = [
  { label: formText.expirations.hour, value: HOUR },
  { label: formText.expirations.halfDay, value: 12 * HOUR },
  { label: formText.expirations.day, value: DAY },
  { label: formText.expirations.week, value: 7 * DAY },
  { label: formText.expirations.month, value: 30 * DAY },
];

import { settingsText } from "../../text/settings.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** How long a one-time link may live, in seconds; the first one is offered first. */
export const expirations: readonly { label: string; value: number }[] = [
  { label: settingsText.oneTimeLink.expirations.hour, value: HOUR },
  { label: settingsText.oneTimeLink.expirations.halfDay, value: 12 * HOUR },
  { label: settingsText.oneTimeLink.expirations.day, value: DAY },
  { label: settingsText.oneTimeLink.expirations.week, value: 7 * DAY },
  { label: settingsText.oneTimeLink.expirations.month, value: 30 * DAY },
];

import { settingsText } from "../../text/settings.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

/** How long a one-time link may live, in seconds; the first one is offered first. */
export const expirations: readonly { label: string; seconds: number }[] = [
  { label: settingsText.oneTimeLink.expirations.hour, seconds: HOUR },
  { label: settingsText.oneTimeLink.expirations.halfDay, seconds: 12 * HOUR },
  { label: settingsText.oneTimeLink.expirations.day, seconds: DAY },
  { label: settingsText.oneTimeLink.expirations.week, seconds: 7 * DAY },
  { label: settingsText.oneTimeLink.expirations.month, seconds: 30 * DAY },
];

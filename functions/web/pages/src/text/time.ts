// Points in time and spans, in the reader's language and time zone.

import { text } from "./index.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A wait, rounded up to one unit: never shorter than the truth. */
export function span(seconds: number): string {
  if (seconds < 2 * MINUTE) return text.time.seconds(Math.ceil(seconds));
  if (seconds < 2 * HOUR) return text.time.minutes(Math.ceil(seconds / MINUTE));
  if (seconds < 2 * DAY) return text.time.hours(Math.ceil(seconds / HOUR));
  return text.time.days(Math.ceil(seconds / DAY));
}

/** "3 hours ago", "in 2 days". */
export function relative(when: string, now = Date.now()): string {
  const seconds = Math.round((Date.parse(when) - now) / 1000);
  if (Number.isNaN(seconds)) return when;
  if (Math.abs(seconds) < MINUTE) return text.time.justNow;
  const format = new Intl.RelativeTimeFormat(text.language, { numeric: "auto" });
  const minutes = Math.round(seconds / MINUTE);
  if (Math.abs(minutes) < 60) return format.format(minutes, "minute");
  const hours = Math.round(seconds / HOUR);
  if (Math.abs(hours) < 24) return format.format(hours, "hour");
  return format.format(Math.round(seconds / DAY), "day");
}

/** "22 Nov 2026, 15:40" in the reader's own order. */
export function moment(when: string): string {
  return format(when, { dateStyle: "medium", timeStyle: "short" });
}

export function day(when: string): string {
  return format(when, { dateStyle: "medium" });
}

function format(when: string, style: Intl.DateTimeFormatOptions): string {
  const date = new Date(when);
  if (Number.isNaN(date.getTime())) return when;
  return new Intl.DateTimeFormat(undefined, style).format(date);
}

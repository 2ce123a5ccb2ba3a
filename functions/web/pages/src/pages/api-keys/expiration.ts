// When a key ends. Days are counted from now; a date means its last moment where the reader is.

export const choices = ["month", "quarter", "year", "date"] as const;

export type Choice = (typeof choices)[number];

const DAY_MS = 86_400_000;
const days = { month: 30, quarter: 90, year: 365 };

/** The end as the API takes it; undefined while no date is chosen. */
export function expiresAt(choice: Choice, date: string, now = Date.now()): string | undefined {
  if (choice !== "date") return new Date(now + days[choice] * DAY_MS).toISOString();
  const end = new Date(`${date}T23:59:59`);
  return Number.isNaN(end.getTime()) ? undefined : end.toISOString();
}

/** A date as a date field takes it. */
export function dateOf(time: number): string {
  const date = new Date(time);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

// An error as people read it. What the API says is shown as it is.

import { ApiError } from "../api/errors.ts";
import { PasskeyFailure } from "../passkey/failure.ts";
import { text } from "./index.ts";
import { span } from "./time.ts";

export interface Description {
  title: string;
  /** What to do next. */
  next?: string;
}

export function describe(error: unknown): Description {
  if (error instanceof PasskeyFailure) return describeFailure(error);
  if (!(error instanceof ApiError)) return { title: text.error.unexpected };
  if (error.status === 0) return text.error.network;

  const title = error.message || text.error.unexpected;
  if (error.retryAfter) return { title, next: text.error.retryAfter(span(error.retryAfter)) };
  if (error.status >= 500 && error.requestId) return { title, next: text.error.reference(error.requestId) };
  return { title };
}

/** The same in one line, for a toast. */
export function describeInLine(error: unknown): string {
  const { title, next } = describe(error);
  return next ? `${title}. ${next}` : title;
}

/** What is wrong with each field, by its name in the API; empty when the error is about something else. */
export function fieldErrors(error: unknown): Record<string, string> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(error.fields.map((problem) => [problem.field, problem.message || error.message]));
}

function describeFailure({ reason, ceremony }: PasskeyFailure): Description {
  switch (reason) {
    case "cancelled":
    case "alreadyRegistered":
    case "unsupportedDevice":
      return text.passkey[ceremony][reason];
    default:
      return text.passkey[reason];
  }
}

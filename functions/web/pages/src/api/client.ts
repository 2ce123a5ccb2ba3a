// One request to the API. The session is an HttpOnly cookie, so nothing here
// holds a secret.

import { ApiError } from "./errors.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

let signedOut: () => void = () => {};

/** `handler` runs when a request that needs a session finds none. */
export function onSignedOut(handler: () => void): void {
  signedOut = handler;
}

export interface RequestOptions {
  body?: unknown;
  /** The caller deals with a missing session itself. */
  anonymous?: boolean;
}

export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options.body);
  if (response.ok) {
    return (response.status === 204 ? undefined : await response.json()) as T;
  }
  const body: unknown = await response.json().catch(() => undefined);
  const error = new ApiError(response.status, body, response.headers.get("Retry-After"));
  if (error.code === "not_signed_in" && !options.anonymous) signedOut();
  throw error;
}

async function send(method: Method, path: string, body: unknown): Promise<Response> {
  const init: RequestInit = { method, headers: { Accept: "application/json" }, cache: "no-store" };
  if (body !== undefined) {
    init.headers = { ...init.headers, "Content-Type": "application/json" };
    init.body = JSON.stringify(body);
  }
  try {
    return await fetch(`/api${path}`, init);
  } catch {
    throw new ApiError(0, undefined);
  }
}

/** A part of a path that came from elsewhere. */
export const segment = encodeURIComponent;

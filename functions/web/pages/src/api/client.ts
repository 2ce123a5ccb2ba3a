// One request to the API. The session is an HttpOnly cookie, so nothing here
// holds a secret.

import { ApiError } from "./errors.ts";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

let signedOut: () => void = () => {};
const nobodyAsks = async () => false;
let stepUp: () => Promise<boolean> = nobodyAsks;

/** `handler` runs when a request that needs a session finds none. */
export function onSignedOut(handler: () => void): void {
  signedOut = handler;
}

/**
 * `handler` runs when an act needs a fresh assertion; the act is repeated when it answers true. What is returned
 * ends that.
 */
export function onStepUp(handler: () => Promise<boolean>): () => void {
  stepUp = handler;
  return () => {
    // The next page may have come before this one went.
    if (stepUp === handler) stepUp = nobodyAsks;
  };
}

export interface RequestOptions {
  /** Sent as JSON, or as it is when it is a file or a form with one. */
  body?: unknown;
  headers?: Record<string, string>;
  /** The caller deals with a missing session itself. */
  anonymous?: boolean;
}

export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await exchange(method, path, options);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** As `request`, for whoever needs more of the answer than its body. */
export async function exchange(method: Method, path: string, options: RequestOptions = {}): Promise<Response> {
  const response = await send(method, path, options);
  if (response.ok) return response;
  const error = await read(response);
  if (error.code === "not_signed_in" && !options.anonymous) signedOut();
  if (error.code !== "reauthentication_required" || !(await stepUp())) throw error;
  const repeated = await send(method, path, options);
  if (repeated.ok) return repeated;
  throw await read(repeated);
}

async function read(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  return new ApiError(response.status, body, response.headers.get("Retry-After"));
}

async function send(method: Method, path: string, { body, headers }: RequestOptions): Promise<Response> {
  const init: RequestInit = { method, headers: { Accept: "application/json", ...headers }, cache: "no-store" };
  if (body instanceof FormData || body instanceof Blob) {
    init.body = body;
  } else if (body !== undefined) {
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

/** A file as the API takes one. */
export function fileForm(file: File): FormData {
  const form = new FormData();
  form.set("file", file);
  return form;
}

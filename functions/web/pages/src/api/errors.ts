// What the API says when it refuses, as one type (contract §0.1).

export interface FieldProblem {
  field: string;
  code: string;
  message: string;
}

export class ApiError extends Error {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  /** What the API adds to some refusals, as it came. */
  readonly details: Record<string, unknown>;
  /** Names this request in the server's log. */
  readonly requestId: string | undefined;
  /** Seconds to wait, when the server says so. */
  readonly retryAfter: number | undefined;

  constructor(status: number, body: unknown, retryAfter?: string | null) {
    const envelope = asRecord(body);
    super(asString(envelope["error"]) ?? "");
    this.status = status;
    this.code = asString(envelope["code"]) ?? "";
    this.requestId = asString(envelope["request_id"]);
    this.details = asRecord(envelope["details"]);
    this.fields = readFields(this.details, this.message);
    this.retryAfter = readRetryAfter(retryAfter);
  }
}

export function isApiError(error: unknown, code?: string): error is ApiError {
  return error instanceof ApiError && (code === undefined || error.code === code);
}

function readFields(details: Record<string, unknown>, message: string): FieldProblem[] {
  // `already_in_use` names one property instead of a list of fields.
  const property = asString(details["property"]);
  if (property) return [{ field: property, code: "already_in_use", message }];
  if (!Array.isArray(details["fields"])) return [];
  return details["fields"].map(asRecord).map((problem) => ({
    field: asString(problem["field"]) ?? "",
    code: asString(problem["code"]) ?? "",
    message: asString(problem["message"]) ?? "",
  }));
}

function readRetryAfter(header: string | null | undefined): number | undefined {
  const seconds = Number.parseInt(header ?? "", 10);
  return seconds > 0 ? seconds : undefined;
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function asString(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

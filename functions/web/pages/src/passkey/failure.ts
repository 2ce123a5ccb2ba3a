// Why a ceremony failed, in the words of what a person can do about it. The
// browser says little on purpose: NotAllowedError is a cancel, a time-out and
// "no passkey here" in one (WebAuthn Level 3 §14.5).

export type Ceremony = "registration" | "authentication";

const reasons = [
  "cancelled",
  "alreadyRegistered",
  "insecureAddress",
  "unsupportedBrowser",
  "unsupportedDevice",
  "wrongAddress",
  "unknown",
] as const;

export type FailureReason = (typeof reasons)[number];

export class PasskeyFailure extends Error {
  readonly reason: FailureReason;
  readonly ceremony: Ceremony;

  constructor(reason: FailureReason, ceremony: Ceremony) {
    super(reason);
    this.reason = reason;
    this.ceremony = ceremony;
  }
}

/** The failure that an address tells of. */
export function failureNamed(name: string | null, ceremony: Ceremony): PasskeyFailure | undefined {
  const reason = reasons.find((reason) => reason === name);
  return reason && new PasskeyFailure(reason, ceremony);
}

export function reasonOf(errorName: string): FailureReason {
  switch (errorName) {
    case "NotAllowedError":
    case "AbortError":
    case "TimeoutError":
      return "cancelled";
    case "InvalidStateError":
      return "alreadyRegistered";
    case "SecurityError":
      return "wrongAddress";
    case "NotSupportedError":
    case "ConstraintError":
      return "unsupportedDevice";
    default:
      return "unknown";
  }
}

/** Runs the browser's part of a ceremony, and turns its refusal into a reason. */
export async function runCeremony<T>(ceremony: Ceremony, act: () => Promise<T | null>): Promise<T> {
  if (!window.isSecureContext) throw new PasskeyFailure("insecureAddress", ceremony);
  if (!window.PublicKeyCredential) throw new PasskeyFailure("unsupportedBrowser", ceremony);
  try {
    const result = await act();
    if (result) return result;
  } catch (error) {
    throw new PasskeyFailure(reasonOf((error as Error).name), ceremony);
  }
  throw new PasskeyFailure("unknown", ceremony);
}

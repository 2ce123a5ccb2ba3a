// Mail as administrators see it: what became of it, never what it says.

import { request, segment } from "./client.ts";
import type { Page } from "./list.ts";

export type EmailKind = "oneTimeAccess" | "oneTimeAccessByAdmin" | "emailVerification" | "newSignIn" | "apiKeyExpiring";

/** `given_up`: for a day no server took it, or none confirmed it in three attempts. */
export type EmailState = "queued" | "sent" | "refused" | "expired" | "given_up";

export interface Email {
  id: string;
  kind: EmailKind;
  to: string;
  state: EmailState;
  createdAt: string;
  sentAt: string | null;
  attempts: number;
  /** Only of what is queued. */
  nextAttemptAt: string | null;
  /** The server's last words. */
  reply: string | null;
}

export const listEmails = (userId: string) =>
  request<Page<Email>>("GET", `/users/${segment(userId)}/emails?pagination[limit]=100`);

/** What ended goes out as a new one; what waits need not wait. */
export const resendEmail = (userId: string, emailId: string) =>
  request<void>("POST", `/users/${segment(userId)}/emails/${segment(emailId)}/resend`);

/** To the administrator's own address. A refusal's details say how far it came (`stage`) and what the server said (`reply`). */
export const sendTestEmail = () => request<void>("POST", "/application-configuration/test-email");

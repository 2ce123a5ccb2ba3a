// What administrators read about mail: whether it arrives, and what the server says.

import type { EmailKind, EmailState } from "../api/emails.ts";

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

const kinds: Record<EmailKind, string> = {
  oneTimeAccess: "One-time link, asked for on the sign-in page",
  oneTimeAccessByAdmin: "One-time link from an administrator",
  emailVerification: "Verification of the address",
  newSignIn: "Sign-in from a new device",
  apiKeyExpiring: "API key expires soon",
};

const states: Record<EmailState, string> = {
  queued: "Queued",
  sent: "Sent",
  refused: "Refused",
  expired: "Expired",
  given_up: "Given up",
};

/** What can be done about a test that failed there. */
const advice = {
  settings: "Complete the settings above, save them and try again.",
  connect: "Check SMTP Host and SMTP Port, and that the server takes connections from where Postern runs. Port 25 is closed on many networks: use 465 or 587.",
  tls: "Check that SMTP TLS fits the port (465 with TLS, 587 with STARTTLS) and that the server's certificate is valid for SMTP Host.",
  greeting: "The server answers but doesn't want to talk now, or something else answers on this port. With port 465 choose TLS. Otherwise try later.",
  authentication: "Check SMTP User and SMTP Password. Many providers want an app password, or have to be told that SMTP may be used.",
  sender: "The server doesn't let this account send from SMTP From. Use an address that belongs to the account.",
  recipient: "The server doesn't deliver to your address. Check the address of your account; a server without a user and password often delivers only to its own domains.",
  message: "The server took everything but the message itself. Its words tell why, such as size or spam.",
};

export type Stage = keyof typeof advice;

export const enDelivery = {
  send: {
    button: "Send Email",
    sending: "Sending…",
    queued: (email: string) => `One-time link for ${email} queued`,
  },

  links: {
    mailed: "Emailed",
    asked: (when: string) => `Asked for on the sign-in page, ${when}`,
  },

  emails: {
    title: "Emails",
    intro: "What was sent to this user in the last month, and what became of it.",
    empty: "Nothing was sent to this user in the last month.",
    latest: (count: number) => `The latest ${count} are shown.`,
    waiting: (count: number) => `${plural(count, "email is", "emails are")} on the way. This list updates by itself.`,
    kinds,
    states,
    to: (address: string, when: string) => `To ${address}, ${when}`,
    sentAt: (when: string, attempts: number) => (attempts > 1 ? `Sent ${when}, at attempt ${attempts}.` : `Sent ${when}.`),
    first: "Waits for its first attempt.",
    next: (attempts: number, when: string) => `${plural(attempts, "attempt", "attempts")} so far; the next one ${when}.`,
    why: {
      refused: "The server refused it for good.",
      given_up: "No server took it within a day, or none confirmed it in three attempts.",
      expired: "What it is about was over before it could be sent.",
    },
    said: "Last answer:",
    resend: "Resend",
    resendNow: "Try now",
    resendOf: (act: string, kind: string, when: string) => `${act}: ${kind}, ${when}`,
    resent: "Email queued again",
  },

  test: {
    title: "Test email",
    intro: (email: string) => `Sends an email to ${email} at once, by the settings as they are saved, and tells what the server says.`,
    withoutAddress: "A test email goes to your own address, and your account has none.",
    toAccount: "Go to your account",
    unsaved: "There are unsaved changes above. The test goes by the saved settings: save first to test these.",
    send: "Send test email",
    sending: "Talking to the server…",
    sent: "Test email sent",
    takenTitle: "The server took the email",
    taken: (email: string) => `It is on its way to ${email}. If it doesn't arrive, look into the spam folder.`,
    failedTitle: "The email was not sent",
    steps: "How far it came",
    stages: {
      connect: "Connection",
      tls: "Encryption",
      greeting: "Greeting",
      authentication: "User and password",
      sender: "Sender",
      recipient: "Recipient",
      message: "Message",
    },
    step: { done: "done", failed: "failed", open: "not reached" },
    said: "What was said:",
    advice,
  },
};

export type DeliveryCatalogue = typeof enDelivery;

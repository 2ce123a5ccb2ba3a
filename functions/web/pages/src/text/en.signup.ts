// What people read while they sign up.

export const enSignup = {
  title: (app: string) => `Sign up for ${app}`,
  intro: "You sign in with a passkey: there is no password to choose.",
  emailAt: (domains: string) => `An address at ${domains}.`,
  otherDomains: (count: number) => `one of ${count} others`,
  usernameHint: "Suggested from what you typed; change it if you like.",
  signUp: "Sign Up",
  signingUp: "Creating your account…",
  addingPasskey: "Waiting for your device…",
  signedUp: "Account created successfully",
  haveAccount: "I have an account already",
  validUntil: (when: string) => `Your sign-up link is valid until ${when}.`,
  mayExist: "Your first try may have gone through without an answer reaching you. If this is you, ask your administrator for a one-time link.",

  invalidTitle: "This sign-up link doesn't work any more",
  invalidText: "It has expired, was revoked, or has been used up.",
  invalidNext: "Ask whoever sent it for a new one. If you have an account, just sign in.",
  withoutLink: "Sign up without a link",
  toLogin: "Go to sign-in",

  withTokenTitle: "You need a sign-up link",
  withTokenText: "Accounts are made by invitation here. Ask an administrator for a sign-up link, and open it on the device that you want to sign in with.",
  closedTitle: "Sign-up is closed",
  closedText: "Accounts are made by administrators here. Ask one of them for yours.",

  signedInTitle: "You have an account",
  signedInText: (name: string) => `You are signed in as ${name} in this browser, so there is nothing to sign up for.`,
  withoutPasskey: "It has no passkey yet: set one up, so that you can sign in again.",
  setUpPasskey: "Set up your passkey",
  goOn: "Continue",
  other: "Signing up for somebody else?",
  signOut: (name: string) => `Sign out ${name}`,

  waitingTitle: "Your account waits for approval",
  waitingText: "It was created, and an administrator decides about it now. Until then nobody can sign in with it.",
  waitingNext: "Once it is approved, the administrator gives you a one-time link. It signs you in, and you set up your passkey then.",
  waitingOnce: "There is no need to sign up again.",
};

export type SignupCatalogue = typeof enSignup;

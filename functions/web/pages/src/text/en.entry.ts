// What people read on their way in and out: set-up, links and codes, the passkey that follows, the
// fields of a user.

export const enEntry = {
  code: {
    title: "Enter your one-time link",
    intro: "Paste the link that your administrator gave you, or only the code at its end.",
    label: "Link or code",
    submit: "Continue",
    invalid: "This is neither a one-time link nor a code",
  },

  link: {
    title: "One-time link",
    for: "This link signs you in as",
    validUntil: (when: string) => `Valid until ${when}`,
    once: "It works once. Opening this page has not used it up.",
    replaces: (current: string) => `You are signed in as ${current} in this browser. Continuing ends that session here.`,
    notYou: "Not you? Then close this page and tell whoever sent you the link.",
    continue: "Continue",
    redeeming: "Signing you in…",
    invalidTitle: "This link doesn't work any more",
    invalidText: "It has expired, was revoked, or has been used already.",
    invalidNext: "Ask your administrator for a new one. If you have a passkey, just sign in.",
    toLogin: "Sign in with a passkey",
    enterAnother: "Enter another link",
    signedIn: "Signed in successfully",
  },

  setup: {
    title: (app: string) => `Set up ${app}`,
    intro: "Create the first administrator. Then set up the passkey that this account signs in with.",
    token: "Set-up token",
    tokenHint: "Printed by the command that deployed or started this server, as part of the set-up link.",
    tokenRequired: "The set-up token is missing or wrong",
    submit: "Create administrator",
    submitting: "Creating…",
    created: "Administrator created successfully",
    doneTitle: "Set-up is complete",
    doneText: "The first administrator exists already. Further users are made by an administrator.",
    toLogin: "Go to sign-in",
  },

  addPasskey: {
    title: "Set up your passkey",
    intro: "A passkey replaces a password: you sign in with your fingerprint, face, screen lock or security key. There is nothing to remember, and nothing to steal from this server.",
    add: "Add Passkey",
    adding: "Waiting for your device…",
    accountMade: "Your account was created; only its passkey is missing.",
    skip: "Skip for now",
    skipMeans:
      "If you skip, only this browser lets you in, and only until this session ends. After that only a new one-time link from an administrator lets you in again.",
    skipMeansByEmail:
      "If you skip, only this browser lets you in, and only until this session ends. After that only a new one-time link lets you in again: by email, or from an administrator.",
    skipMeansAdmin:
      "If you skip, you stay signed in for now, but once this session ends only another administrator's one-time link lets you in again. Without another administrator you are locked out.",
    doneTitle: "Your passkey is ready",
    doneText: "Give it a name that tells you where it is, then go on.",
    name: "Passkey name",
    saveAndGoOn: "Save and continue",
    added: "Passkey added successfully",
  },

  alternative: {
    title: "Other ways to sign in",
    intro: "Your passkey may still be within reach:",
    otherDevice:
      "On another device that has it, such as your phone: press Authenticate, then choose “Use a phone or tablet”.",
    otherDeviceName: "Use a phone.",
    passwordManager: "If your password manager syncs passkeys, sign in to it on this device first.",
    passwordManagerName: "Ask your password manager.",
    linkTitle: "With a one-time link",
    linkText: "Ask an administrator for a one-time link. It signs you in once, so that you can add a new passkey here.",
    back: "Back to sign-in",
  },

  logout: {
    confirmTitle: "Sign out?",
    confirmText: (name: string) => `You are signed in as ${name}.`,
    signOut: "Sign out",
    signingOut: "Signing out…",
    doneTitle: "You are signed out",
    doneText: "Your session on this device has ended.",
    signIn: "Sign in again",
  },

  userForm: {
    firstName: "First name",
    lastName: "Last name",
    displayName: "Display Name",
    username: "Username",
    usernameHint: "Letters, numbers, underscores, dots, hyphens and @.",
    email: "Email",
    emailVerified: "Email verified",
    isAdmin: "Admin Privileges",
    isAdminHint: "May manage users and everything else here.",
    disabled: "Account Disabled",
    disabledHint: "Can't sign in until enabled.",
  },
};

export type EntryCatalogue = typeof enEntry;

// What people read before they are inside, and what every page says. With
// `en.settings.ts` it is the English catalogue: a translation is another pair of
// files of these types. It is cut in two so that sign-in stays a small download.

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const en = {
  language: "en",

  common: {
    loading: "Loading…",
    retry: "Try again",
    cancel: "Cancel",
    close: "Close",
    save: "Save",
    optional: "optional",
    skipToContent: "Skip to content",
    yes: "Yes",
    no: "No",
    none: "None",
    dismiss: "Dismiss message",
    never: "Never",
  },

  time: {
    seconds: (count: number) => plural(count, "second", "seconds"),
    minutes: (count: number) => plural(count, "minute", "minutes"),
    hours: (count: number) => plural(count, "hour", "hours"),
    days: (count: number) => plural(count, "day", "days"),
    justNow: "just now",
  },

  error: {
    network: { title: "The server can't be reached", next: "Check your connection, then try again." },
    unexpected: "Something went wrong",
    reference: (requestId: string) => `If it goes on, tell your administrator this reference: ${requestId}`,
    retryAfter: (wait: string) => `Try again in ${wait}.`,
    pageTitle: "This page didn't load",
    pageText: "It may have been updated since you opened it.",
    reload: "Reload",
  },

  passkey: {
    registration: {
      cancelled: {
        title: "No passkey was made",
        next: "The request was cancelled or took too long. Try again, and follow what your device asks. A phone or a security key works too.",
      },
      alreadyRegistered: {
        title: "This device already has a passkey for your account",
        next: "You can sign in with it as it is. To add another, use a different device, phone or security key.",
      },
      unsupportedDevice: {
        title: "This device can't make the kind of passkey needed here",
        next: "Set up a screen lock (PIN, fingerprint or face) on it, or use a phone or a security key instead.",
      },
    },
    authentication: {
      cancelled: {
        title: "You are not signed in",
        next: "The request was cancelled or took too long, or this device has no passkey for this address. Try again, or choose a phone or security key when asked.",
      },
      alreadyRegistered: {
        title: "The passkey could not be used",
        next: "Try again, or use another of your passkeys.",
      },
      unsupportedDevice: {
        title: "This device can't use the kind of passkey needed here",
        next: "Set up a screen lock (PIN, fingerprint or face) on it, or use a phone or a security key instead.",
      },
    },
    insecureAddress: {
      title: "This address is not secure",
      next: "Passkeys work only over https. Use the address that begins with https://.",
    },
    unsupportedBrowser: {
      title: "This browser has no passkeys",
      next: "Update it, or use a current Chrome, Edge, Firefox or Safari.",
    },
    wrongAddress: {
      title: "This address doesn't match the server's settings",
      next: "Open the page with the address that your administrator gave you. If it is that address, the administrator has to correct the server's APP_URL.",
    },
    unknown: {
      title: "The passkey could not be used",
      next: "Try again. If it goes on, restart the browser or use another device.",
    },
  },

  login: {
    title: (app: string) => `Sign in to ${app}`,
    username: "Username",
    usernameHint: "Choose your passkey from the list your browser offers here.",
    authenticate: "Authenticate",
    waiting: "Waiting for your passkey…",
    alternative: "Don't have access to your passkey?",
    signUp: "Sign up",
    signedIn: "Signed in successfully",
  },

  notFound: {
    title: "There is no door here",
    text: "Nothing lives at this address. It may have been mistyped, or the page has moved.",
    home: "Go to the start page",
  },
};

export type Catalogue = typeof en;

// What people read about mail to themselves: asking for a one-time link, the code that stands for
// it on another device, and proving that an address is theirs.

export const enMail = {
  ask: {
    title: "With an email",
    text: "Enter the email address of your account. You are sent a one-time link, which works once within 15 minutes.",
    email: "Email",
    submit: "Submit",
    submitting: "Asking…",
    haveCode: "I have a code from an email",
  },

  asked: {
    title: "Look into your mailbox",
    codeTitle: "Enter your code",
    text: (email: string) => `If an account has the address ${email}, a link is on its way to it.`,
    here: "Open the link in this browser. If your mail is on another device, open it there and type the code that it shows here:",
    hereAnew: "Open the link of the newest email in this browser. If your mail is on another device, open it there and type the code that it shows here:",
    code: "Code",
    codeHint: "Eight letters and digits, such as 28T5-CY4G.",
    codeInvalid: "A code has eight letters and digits",
    signIn: "Sign in",
    signingIn: "Signing you in…",
    wrong: "This code doesn't work. Check it against the newest email. After five wrong codes only the link in the email works.",
    elsewhere: "This code works only in the browser in which you asked for the link, within 15 minutes of your asking.",
    nothing: "Nothing there?",
    nothingWait: "Give it a minute or two, then look into the spam folder.",
    nothingAddress: "Is it the address of your account? For any other one nothing is sent.",
    nothingAdmin: "Otherwise ask an administrator for a one-time link.",
    again: "Send again",
    againIn: (wait: string) => `Send again in ${wait}`,
    askedAgain: "Link asked for again; only the newest email works here",
    other: "Use another address",
  },

  elsewhere: {
    title: "Use this link where you asked for it",
    text: "Somebody asked for this link in another browser, and it works only there. If that was you, go back to it and type this code:",
    code: "Code",
    copy: "Copy code",
    copied: "Code copied to clipboard",
    for: (name: string) => `It signs in ${name}.`,
    validUntil: (when: string) => `Valid until ${when}`,
    untouched: "Opening this page has used nothing up.",
    warning: "Never tell this code to anybody, and type it nowhere but in the page where you asked for the link. Whoever has it can sign in as you.",
    newest: "If you asked more than once, only the newest email works.",
    noCode: "Somebody asked for this link in another browser, and it works only there. There is no code for it any more, since wrong ones were typed too often.",
    noCodeNext: "If it was you, open the link there, or ask for a new one here.",
    ask: "Other ways to sign in",
  },

  verify: {
    unverified: (email: string) => `${email} is not verified yet.`,
    act: "Verify",
    requested: "Verification link requested",
    onItsWay: (email: string) => `A link is on its way to ${email}. Open it within a day in a browser in which you are signed in. If nothing comes, look into the spam folder.`,

    title: "Verify your email address",
    verifying: "Verifying your email address…",
    doneTitle: "Your email address is verified",
    doneText: (email: string) => `${email} is known to be yours from now on.`,
    goOn: "Continue",
    invalidTitle: "This link doesn't verify anything",
    invalidText: "It has expired, a newer one was sent, or the address of your account is another one by now.",
    invalidWho: (name: string) => `You are signed in as ${name}. If the link is for another account, sign in to that one first.`,
    toAccount: "Go to your account",
  },
};

export type MailCatalogue = typeof enMail;

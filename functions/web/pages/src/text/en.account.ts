// What people read on their own account besides passkeys and sessions.

export const enAccount = {
  picture: "Profile Picture",
  details: "Details",
  detailsIntro: (role: string, since: string) => `${role}, since ${since}.`,
  saved: "Account details updated successfully",
  ignoredTitle: "Not everything was changed",
  ignored: (fields: string) => `You can't change these here any more, so they stayed as they were: ${fields}.`,
  verified: "Verified.",
  notVerified: "Not verified.",
  emailChange: "A change asks for your passkey.",
  locale: "Language",
  localeAny: "As the browser says",
  localeHint: "Applications that you sign in to are told. These pages are in English.",
  locked: {
    title: "Only the language can be changed here",
    notAllowed: "This installation lets administrators alone change names and email addresses. Ask one of them.",
    directory: "Your name and email address come from a directory, and are changed there.",
  },
  endOthers: "Sign out everywhere else",
  endOthersTitle: "Sign out everywhere else?",
  endOthersText: "All your other sessions end at once. This one goes on.",
  othersEnded: "Signed out everywhere else successfully",
};

export type AccountCatalogue = typeof enAccount;

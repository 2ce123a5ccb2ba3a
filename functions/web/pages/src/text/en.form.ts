// What people read in forms that several pages share.

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const enForm = {
  saved: "Saved",
  clear: "Clear",

  shownOnce: "This is shown only once. Copy it first, or press Escape again to close.",

  copy: {
    copy: "Copy",
    of: (what: string) => `Copy ${what}`,
    failed: "The browser didn't allow copying. It is selected: copy it with the keyboard.",
  },

  link: {
    link: "Link",
    copied: "Link copied to clipboard",
    qr: "QR code of the link",
  },

  expirations: { hour: "1 hour", halfDay: "12 hours", day: "1 day", week: "1 week", month: "1 month" },

  unsaved: {
    title: "Leave without saving?",
    text: "What you changed on this page is not saved yet.",
    leave: "Leave",
    stay: "Stay",
    mark: "Not saved yet",
  },

  choice: {
    search: (what: string) => `Search ${what}`,
    chosen: (count: number) => (count === 0 ? "None chosen" : `${count} chosen`),
    remove: (name: string) => `Remove ${name}`,
    empty: "Nothing found.",
    more: (count: number) => `${plural(count, "more", "more")}: search to find them.`,
  },

  groups: {
    what: "groups",
    none: "There are no groups yet.",
    members: (count: number) => plural(count, "member", "members"),
  },

  claims: {
    list: "Custom claims",
    key: "Key",
    value: "Value",
    keyOf: (number: number) => `Key of claim ${number}`,
    valueOf: (number: number) => `Value of claim ${number}`,
    add: "Add Claim",
    remove: (number: number, key: string) => (key ? `Remove ${key}` : `Remove claim ${number}`),
    none: "There are no custom claims.",
    keyMissing: "Enter a key",
    valueMissing: "Enter a value",
    twice: "This key is there twice",
    saved: "Custom claims updated successfully",
  },
};

export type FormCatalogue = typeof enForm;

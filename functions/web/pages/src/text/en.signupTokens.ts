// What administrators read about signup tokens.

const number = new Intl.NumberFormat("en");
const plural = (count: number, one: string, many: string) => `${number.format(count)} ${count === 1 ? one : many}`;

export const enSignupTokens = {
  title: "Signup Tokens",
  intro: "Whoever opens the link of a token can make themselves an account and its passkey.",
  create: "Create Signup Token",
  view: "View Active Signup Tokens",
  back: "Users",

  form: {
    text: "Makes a link with which people sign up by themselves. It works in every mode of user signups.",
    expiration: "Expiration",
    usageLimit: "Usage Limit",
    range: (most: number) => `1 to ${number.format(most)}`,
    usageLimitHint: (range: string) => `How many people can sign up with it: ${range}.`,
    wrongLimit: (range: string) => `Enter a whole number from ${range}`,
    large: (most: number) => `More than ${number.format(most)} uses`,
    largeHint: "Whoever comes by the link can use it.",
    groups: "User Groups",
    groupsHint: "New users are put into these groups instead of the default groups. Choose none, and they get the default groups.",
    submit: "Create",
    submitting: "Creating…",
    created: "Signup token created successfully",
  },

  made: {
    title: "Signup token created",
    text: (uses: string, until: string) => `Good for ${uses}, until ${until}.`,
    uses: (count: number) => plural(count, "use", "uses"),
    hint: "It stays in the list of signup tokens for as long as it is valid.",
    another: "Create another token",
    done: "Done",
  },

  list: {
    table: "Signup tokens, with sortable columns",
    count: (count: number) => plural(count, "signup token", "signup tokens"),
    emptyTitle: "No signup tokens",
    emptyText: "No token is valid now.",
    showExpired: "Show expired",
    token: "Token",
    status: "Status",
    states: { active: "Active", expired: "Expired", usedUp: "Used Up" },
    usage: "Usage",
    usageOf: (used: number, limit: number) => `${number.format(used)} of ${number.format(limit)}`,
    expires: "Expires",
    expiring: (when: string) => `Expires ${when}`,
    expired: (when: string) => `Expired ${when}`,
    created: "Created",
    by: (name: string) => `by ${name}`,
    groups: "Groups",
    defaultGroups: "Default groups",
    noGroups: "None any more",
    actions: "Actions",
    actionsFor: (name: string) => `Actions for ${name}`,
    named: (token: string) => `token ${token}`,
    unnamed: (created: string) => `token of ${created}`,
    unshown: "Can't be shown",
    unshownHint: "The server's key was changed after it was made. Its link works all the same.",
  },

  acts: {
    title: "Signup token",
    view: "View",
    copy: (name: string) => `Copy link of ${name}`,
    revoke: "Revoke",
    revokeTitle: "Revoke this signup token?",
    revokeText: "Its link stops working at once. Accounts that were made with it stay.",
    revoked: "Signup token revoked successfully",
  },

  uses: {
    title: "Who used it",
    show: (token: string) => `Who used ${token}`,
    none: "Nobody has used it yet.",
    more: "Show more",
  },
};

export type SignupTokensCatalogue = typeof enSignupTokens;

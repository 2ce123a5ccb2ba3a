// What people read in the audit log: a sentence for every event.

/** Who is in a sentence, as its grammar needs them. */
export interface Cast {
  /** Who did it: "You", "Ada", "Somebody". */
  who: string;
  /** To whom: "you", "Una"; empty when to themselves or to nobody. */
  whom: string;
  /** Whose things: "your", "Una's", "their own". */
  whose: string;
  /** The name of the thing in question, in quotation marks with a space before; or empty. */
  named: string;
  data: Readonly<Record<string, string>>;
}

/** What an email is about, by its kind, with a space before. */
const about: Readonly<Record<string, string>> = {
  oneTimeAccess: " with a one-time link",
  oneTimeAccessByAdmin: " with a one-time link",
  emailVerification: " that verifies the address",
  newSignIn: " about a sign-in from a new device",
  apiKeyExpiring: " about an API key that expires soon",
};

const aboutWhat = (data: Cast["data"]) => about[data["kind"] ?? ""] ?? "";

/** Nobody did it: it happened to whoever an entry is about, and they stand where the doer does. */
const object = (who: string) => (who === "You" ? "you" : who);

interface EventText {
  /** For the choice of events. */
  name: string;
  says: (cast: Cast) => string;
}

const events = {
  SIGN_IN: { name: "Signed in with a passkey", says: ({ who }) => `${who} signed in with a passkey` },
  SIGN_IN_FAILED: { name: "Sign-in with a passkey refused", says: ({ who }) => `${who} tried to sign in with a passkey and was refused` },
  TOKEN_SIGN_IN: { name: "Signed in with a one-time link", says: ({ who }) => `${who} signed in with a one-time link` },
  TOKEN_SIGN_IN_FAILED: {
    name: "One-time link refused",
    says: ({ who }) => `${who} tried a one-time link that no longer works`,
  },
  SIGN_OUT: { name: "Signed out", says: ({ who }) => `${who} signed out` },
  ACCOUNT_CREATED: {
    name: "Account created",
    says: ({ who, whose, whom, data }) =>
      data["method"] === "setup" ? `${who} set up this server as its first administrator`
      : data["method"] === "signupToken" ? `${who} signed up with a signup token`
      : data["method"] === "openSignup" ? `${who} signed up`
      : whom ? `${who} created ${whose} account`
      : `${who} created an account`,
  },
  PASSKEY_ADDED: { name: "Passkey added", says: ({ who, named }) => `${who} added the passkey${named}` },
  PASSKEY_RENAMED: { name: "Passkey renamed", says: ({ who, named }) => `${who} renamed a passkey${named && ` to${named}`}` },
  PASSKEY_REMOVED: { name: "Passkey removed", says: ({ who, whose, whom, named }) => `${who} removed ${whom ? `${whose} passkey` : "a passkey"}${named}` },
  SESSION_REVOKED: { name: "Session ended", says: ({ who, whose, whom }) => `${who} ended ${whom ? `one of ${whose} sessions` : "another session"}` },
  ONE_TIME_LINK_CREATED: { name: "One-time link made", says: ({ who, whom }) => `${who} made a one-time link for ${whom || "themselves"}` },
  ONE_TIME_LINK_REVOKED: { name: "One-time link revoked", says: ({ who, whom }) => `${who} revoked a one-time link for ${whom || "themselves"}` },
  ONE_TIME_LINK_REQUESTED: {
    name: "One-time link asked for",
    says: ({ who }) => `Somebody asked on the sign-in page for a one-time link for ${object(who)}`,
  },
  EMAIL_VERIFICATION_REQUESTED: {
    name: "Email verification asked for",
    says: ({ who, whose }) => `${who} asked for an email to verify ${whose} address`,
  },
  EMAIL_VERIFIED: { name: "Email address verified", says: ({ who, whose }) => `${who} verified ${whose} email address` },
  EMAIL_SENT: { name: "Email sent", says: ({ who, data }) => `An email${aboutWhat(data)} was sent to ${object(who)}` },
  EMAIL_NOT_SENT: {
    name: "Email not sent",
    says: ({ who, data }) => `An email${aboutWhat(data)} could not be sent to ${object(who)}`,
  },
  EMAIL_RESENT: { name: "Email sent again", says: ({ who, whom }) => `${who} had an email to ${whom || "themselves"} sent again` },
  TEST_EMAIL_SENT: {
    name: "Test email",
    says: ({ who, data }) => (data["state"] === "failed" ? `${who} tried to send a test email` : `${who} sent a test email`),
  },
  SIGNUP_TOKEN_CREATED: { name: "Signup token created", says: ({ who }) => `${who} created a signup token` },
  SIGNUP_TOKEN_REVOKED: { name: "Signup token revoked", says: ({ who }) => `${who} revoked a signup token` },
  USER_UPDATED: { name: "User changed", says: ({ who, whose }) => `${who} changed ${whose} record` },
  USER_DELETED: { name: "User deleted", says: ({ who, whom, named }) => `${who} deleted the user ${whom || named.trim()}` },
  USERS_IMPORTED: { name: "Users imported", says: ({ who }) => `${who} imported users from a file` },
  USERS_EXPORTED: { name: "Users exported", says: ({ who }) => `${who} exported users to a file` },
  USER_GROUP_CREATED: { name: "Group created", says: ({ who, named }) => `${who} created the group${named}` },
  USER_GROUP_UPDATED: { name: "Group changed", says: ({ who, named }) => `${who} changed the group${named}` },
  USER_GROUP_DELETED: { name: "Group deleted", says: ({ who, named }) => `${who} deleted the group${named}` },
  USER_GROUP_MEMBERS_CHANGED: {
    name: "Group membership changed",
    says: ({ who, whose, whom, named }) => (whom ? `${who} changed ${whose} groups` : `${who} changed who is in the group${named}`),
  },
  CUSTOM_CLAIMS_CHANGED: {
    name: "Custom claims changed",
    says: ({ who, whose, whom, named }) =>
      whom || !named ? `${who} changed ${whose} custom claims` : `${who} changed the custom claims of the group${named}`,
  },
  API_KEY_CREATED: { name: "API key created", says: ({ who, named }) => `${who} created the API key${named}` },
  API_KEY_RENEWED: { name: "API key renewed", says: ({ who, named }) => `${who} renewed the API key${named}` },
  API_KEY_REVOKED: { name: "API key revoked", says: ({ who, named }) => `${who} revoked the API key${named}` },
  REAUTHENTICATED: { name: "Confirmed with a passkey", says: ({ who }) => `${who} confirmed with a passkey` },
  REAUTHENTICATION_FAILED: { name: "Confirmation refused", says: ({ who }) => `${who} tried to confirm with a passkey and was refused` },
  PROFILE_PICTURE_CHANGED: { name: "Profile picture changed", says: ({ who, whose }) => `${who} changed ${whose} profile picture` },
  IMAGE_CHANGED: { name: "Application image changed", says: ({ who, named }) => `${who} changed the image${named} of this application` },
  CONFIGURATION_CHANGED: { name: "Configuration changed", says: ({ who }) => `${who} changed the application configuration` },
  LDAP_SYNCED: { name: "Directory synced", says: ({ who }) => `${who} brought users and groups in line with the directory` },
  LDAP_SYNC_ABORTED: { name: "Sync held back", says: () => "A sync with the directory was held back" },
  LDAP_SYNC_APPROVED: {
    name: "Sync plan approved",
    says: ({ who, data }) => `${who} had a plan applied that ${data["reason"] === "preview" ? "was previewed" : "had been held back"}`,
  },
  AUDIT_LOG_EXPORTED: { name: "Audit log exported", says: ({ who }) => `${who} exported the audit log` },
} satisfies Record<string, EventText>;

export const enAudit = {
  title: "Audit Log",
  own: "My activity",
  all: "Everybody",
  views: "Whose activity",
  intro: "What was done with your account, and from where.",
  introAll: "What was done here, by whom, and from where. Nobody can change it.",

  filters: "Filters",
  event: "Event",
  anyEvent: "Any event",
  anyUser: "Anybody",
  chooseUser: "Choose a user",
  people: {
    actor: { label: "Done by", text: "Show only what they did.", only: (name: string) => `Show only what ${name} did` },
    user: { label: "About", text: "Show only what concerns them, whoever did it.", only: (name: string) => `Show only what concerns ${name}` },
  },
  users: "users",
  show: "Show",
  from: "From",
  to: "To",
  clear: "Clear filters",
  export: "Export",
  exportCsv: "As CSV",
  exportJson: "As JSON",
  exporting: (files: number) => (files === 0 ? "Exporting…" : `Exporting… ${files * 10},000 entries read`),
  exportCancel: "Cancel export",
  exported: "Audit log exported successfully",

  emptyTitle: "Nothing found",
  emptyText: "Nothing of this kind has happened yet.",
  older: "Show older entries",
  loadingOlder: "Loading…",
  shown: (count: number, more: boolean) => (more ? `The latest ${count} entries` : count === 1 ? "1 entry" : `${count} entries`),
  noneYet: "Nothing found so far",
  entries: "Entries, the latest first",

  you: "You",
  youObject: "you",
  your: "your",
  yourOwn: "your own",
  theirOwn: "their own",
  somebody: "Somebody",
  sync: "The LDAP sync",
  possessive: (name: string) => `${name}'s`,
  quoted: (name: string) => ` “${name}”`,
  unknown: (who: string, event: string) => `${who}: ${event}`,

  details: {
    when: "When",
    event: "Event",
    ipAddress: "IP address",
    place: "Place",
    device: "Device",
    toRun: "Look at the sync run",
    changes: "Changes",
    field: "What",
    value: "Value",
    before: "Before",
    after: "After",
    nothing: "empty",
  },

  events: events as Readonly<Record<string, EventText>>,
};

export type AuditCatalogue = typeof enAudit;

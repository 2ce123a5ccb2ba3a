// What administrators read in the application configuration.

interface SettingText {
  label: string;
  hint?: string;
  options?: Record<string, string>;
}

const settings = {
  appName: { label: "Application Name", hint: "Up to 30 characters. Shown on every page, and by authenticators." },
  sessionDuration: { label: "Session Duration", hint: "How long people stay signed in before they have to use their passkey again." },
  homePageUrl: { label: "Home Page", hint: "The path that people come to after they sign in, such as /settings/account." },
  allowOwnAccountEdit: { label: "Enable Self-Account Editing", hint: "People may change their own name, username and email." },
  disableAnimations: { label: "Disable Animations", hint: "Nothing on these pages moves." },
  auditLogRetentionDays: { label: "Audit Log Retention", hint: "Days after which entries of the audit log are deleted: 1 to 3650." },
  accentColor: { label: "Accent Colour", hint: "Any colour: its lightness is bent until text on it can be read." },

  allowUserSignups: {
    label: "Enable User Signups",
    hint: "A valid signup token works in any case; this decides about people without one.",
    options: { disabled: "Disabled", withToken: "Signup with token", open: "Open signup" },
  },
  signupRequiresApproval: {
    label: "New accounts wait for approval",
    hint: "Whoever signs up gets in only after an administrator has approved the account and given them a one-time link.",
  },
  signupAllowedEmailDomains: {
    label: "Allowed Email Domains",
    hint: "Whoever signs up needs an address at one of them; subdomains count only when they are listed. None: any address will do.",
  },
  requireUserEmail: { label: "Require Email Address", hint: "Every account needs an email address." },
  emailsVerified: { label: "Emails Verified", hint: "New and changed email addresses count as verified without proof." },
  signupDefaultUserGroupIDs: { label: "Default Groups", hint: "New users are put into these groups, unless others are chosen for them." },
  signupDefaultCustomClaims: { label: "Default Custom Claims", hint: "New users get these claims." },

  webauthnUserVerification: {
    label: "User Verification",
    hint: "Whether a passkey asks for a fingerprint, a face or a PIN each time.",
    options: { required: "Required", preferred: "Preferred" },
  },
  webauthnAllowSyncedPasskeys: {
    label: "Allow Synced Passkeys",
    hint: "Passkeys that a password manager copies between devices may be added. Existing ones go on working.",
  },
  webauthnAuthenticatorAttachment: {
    label: "Authenticators",
    hint: "Where new passkeys may be kept.",
    options: { any: "Anywhere", platform: "Only on the device itself", "cross-platform": "Only on a phone or security key" },
  },

  smtpHost: { label: "SMTP Host" },
  smtpPort: { label: "SMTP Port", hint: "Usually 587 with STARTTLS, 465 with TLS." },
  smtpUser: { label: "SMTP User" },
  smtpPassword: { label: "SMTP Password" },
  smtpFrom: { label: "SMTP From", hint: "The address that mail comes from." },
  smtpTls: { label: "SMTP TLS", options: { none: "None", starttls: "STARTTLS", tls: "TLS" } },
  smtpSkipCertVerify: { label: "Skip Certificate Verification", hint: "Anybody between here and the server can then read the mail. Only for tests. Cloudflare Workers checks certificates whatever is chosen here." },
  emailLoginNotificationEnabled: { label: "Email Login Notification", hint: "People are told when they sign in from a new device." },
  emailApiKeyExpirationEnabled: { label: "API Key Expiration", hint: "People are told a week before an API key expires." },
  emailVerificationEnabled: { label: "Email Verification", hint: "People can prove that an address is theirs." },
  emailOneTimeAccessAsUnauthenticatedEnabled: {
    label: "Email One-Time Access",
    hint: "Whoever has no access to their passkey asks for a one-time link on the sign-in page.",
  },
  emailOneTimeAccessAsAdminEnabled: { label: "Email One-Time Access by administrators", hint: "Administrators mail a one-time link to a user." },

  ldapEnabled: { label: "Enable LDAP", hint: "Users and groups are synced by the interval below, and what comes from the directory can't be edited here." },
  ldapBase: { label: "LDAP Base DN", hint: "Where users and groups are looked for, such as dc=example,dc=com" },
  ldapUserSearchFilter: { label: "User Search Filter" },
  ldapUserGroupSearchFilter: { label: "Groups Search Filter" },
  ldapAttributeUserUniqueIdentifier: { label: "User Unique Identifier Attribute", hint: "It never changes, whatever somebody is called: entryUUID, objectGUID" },
  ldapAttributeUserUsername: { label: "Username Attribute", hint: "uid, sAMAccountName" },
  ldapAttributeUserEmail: { label: "User Mail Attribute", hint: "mail" },
  ldapAttributeUserFirstName: { label: "User First Name Attribute", hint: "givenName" },
  ldapAttributeUserLastName: { label: "User Last Name Attribute", hint: "sn" },
  ldapAttributeUserDisplayName: { label: "User Display Name Attribute", hint: "cn, displayName" },
  ldapAttributeUserProfilePicture: { label: "User Profile Picture Attribute", hint: "jpegPhoto, thumbnailPhoto. Empty: pictures are not read." },
  ldapAttributeGroupUniqueIdentifier: { label: "Group Unique Identifier Attribute", hint: "entryUUID, objectGUID" },
  ldapAttributeGroupName: { label: "Group Name Attribute", hint: "cn" },
  ldapAttributeGroupMember: { label: "Group Members Attribute", hint: "member, uniqueMember, memberUid" },
  ldapSyncInterval: { label: "Sync Interval", hint: "Minutes from one sync to the next: 5 to 10080, which is a week." },
  ldapAdminGroupName: { label: "Admin Group Name", hint: "Members of this group are administrators here. Empty: the sync leaves privileges alone." },
  ldapSoftDeleteUsers: {
    label: "Keep Disabled Users from LDAP",
    hint: "Whoever is gone from the directory is disabled here instead of deleted, and enabled again when they come back.",
  },
  ldapMaxRemovedUsers: { label: "Most Removed Users", hint: "0 to 1000000. Whoever would be disabled or deleted counts." },
  ldapMaxRemovedPercent: { label: "Most Removed Users in Percent", hint: "0 to 100, of the users who came from the directory." },
  ldapEmailNewUsers: { label: "Email New Users", hint: "Whoever comes new from the directory is mailed a one-time link, to sign in and add a passkey." },
} satisfies Record<string, SettingText>;

export type SettingKey = keyof typeof settings;

export const enConfiguration = {
  title: "Application Configuration",
  sections: "Sections of the configuration",
  saved: (section: string) => `${section} settings updated successfully`,
  save: "Save",
  discard: "Discard changes",
  unsaved: "not saved yet",

  conflict: {
    title: "Somebody else changed this",
    text: "Another administrator saved settings since you opened this page. Load theirs first: what you typed stays, so that you can compare and save again.",
    reload: "Load theirs, keep mine",
    reloaded: "Settings loaded; what you typed is kept",
  },

  general: { title: "General", intro: "What this installation is called and how it behaves." },
  userCreation: {
    title: "User Creation",
    intro: "How accounts come to be, and what they begin with.",
  },
  passkeys: { title: "Passkeys", intro: "What is asked of passkeys. Existing ones stay as they are." },
  email: {
    title: "Email",
    intro: "The server that mail is sent through, and what is sent.",
    server: "SMTP server",
    sent: "What is sent",
    oneTime: "One-time links by email",
    passwordInClear: "Without TLS, the user and password below go unencrypted: anybody between here and the server can read them. Choose STARTTLS or TLS if the server has it.",
    needsEmail: "This needs email that works: send a test email below before you rely on it.",
    lacksSender: "This needs email that works, and no sender (SMTP From) is set above.",
    lessSecure: "This significantly reduces security: whoever reads a user's mail can get in as that user.",
  },
  ldap: { title: "LDAP", intro: "Users and groups from a directory. People still sign in with passkeys." },
  images: {
    title: "Images",
    intro: "PNG, JPEG, GIF or WebP. Where there is none, pages keep the look that comes with Postern. Everybody sees a change within two minutes.",
    upload: "Upload",
    uploadOf: (name: string) => `Upload ${name}`,
    reset: "Reset",
    resetOf: (name: string) => `Reset ${name}`,
    uploaded: "Image updated successfully",
    wasReset: "Image reset successfully",
    none: "The one that comes with Postern",
    names: {
      "logo-light": { label: "Logo for light pages", hint: "At sign-in and above the menu. Dark pages without a logo of their own show it too." },
      "logo-dark": { label: "Logo for dark pages", hint: "On a dark background. Light pages without a logo of their own show it too." },
      background: { label: "Background", hint: "Behind the pages before sign-in." },
      favicon: { label: "Favicon", hint: "In the browser's tab." },
      "default-profile-picture": { label: "Default profile picture", hint: "For people without a picture of their own." },
      email: { label: "Email logo", hint: "At the top of mail. PNG or JPEG only." },
    },
    resetTitle: (name: string) => `Reset “${name}”?`,
    resetText: "The uploaded image is deleted. This cannot be undone.",
  },

  domains: {
    add: "Add",
    new: "New domain",
    placeholder: "example.com",
    wrong: (text: string) => `“${text}” is not a domain name`,
    none: "Any address",
  },

  secretStored: "One is stored. Type a new one to replace it, or empty the field to remove it.",

  duration: {
    custom: "Another time…",
    minutes: "Minutes",
    choices: {
      "15": "15 minutes",
      "60": "1 hour",
      "480": "8 hours",
      "1440": "1 day",
      "10080": "1 week",
      "43200": "30 days",
    } as Record<string, string>,
  },

  accent: {
    default: "Verdigris (default)",
    choices: { "#1f5f99": "Blue", "#6b4fa0": "Violet", "#a03d62": "Plum", "#a3452c": "Brick", "#7a5c00": "Brass", "#45606b": "Slate" } as Record<
      string,
      string
    >,
    custom: "Another colour",
    value: "Colour",
    valueHint: "As in a style sheet: #1f5f99, teal, oklch(0.5 0.1 200).",
    pick: "Pick a colour",
  },

  settings: settings as Readonly<Record<SettingKey, SettingText>>,
};

export type ConfigurationCatalogue = typeof enConfiguration;

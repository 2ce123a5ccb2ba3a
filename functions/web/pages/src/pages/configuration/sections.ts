// Which setting is where, and what kind of field it gets.

import type { SettingKey } from "../../text/configuration.ts";

export type Kind = "text" | "number" | "email" | "secret" | "switch" | "choice" | "duration" | "accent" | "groups" | "domains";

export type Setting = readonly [key: SettingKey, kind: Kind];

export const general = [
  ["appName", "text"],
  ["sessionDuration", "duration"],
  ["homePageUrl", "text"],
  ["auditLogRetentionDays", "number"],
  ["accentColor", "accent"],
  ["allowOwnAccountEdit", "switch"],
  ["disableAnimations", "switch"],
] as const satisfies readonly Setting[];

export const userCreation = [
  ["allowUserSignups", "choice"],
  ["signupRequiresApproval", "switch"],
  ["signupAllowedEmailDomains", "domains"],
  ["requireUserEmail", "switch"],
  ["emailsVerified", "switch"],
  ["signupDefaultUserGroupIDs", "groups"],
] as const satisfies readonly Setting[];

export const passkeys = [
  ["webauthnUserVerification", "choice"],
  ["webauthnAuthenticatorAttachment", "choice"],
  ["webauthnAllowSyncedPasskeys", "switch"],
] as const satisfies readonly Setting[];

export const email = {
  server: [
    ["smtpHost", "text"],
    ["smtpPort", "number"],
    ["smtpTls", "choice"],
    ["smtpFrom", "email"],
    ["smtpUser", "text"],
    ["smtpPassword", "secret"],
    ["smtpSkipCertVerify", "switch"],
  ],
  sent: [
    ["emailLoginNotificationEnabled", "switch"],
    ["emailApiKeyExpirationEnabled", "switch"],
    ["emailVerificationEnabled", "switch"],
  ],
  oneTime: [
    ["emailOneTimeAccessAsUnauthenticatedEnabled", "switch"],
    ["emailOneTimeAccessAsAdminEnabled", "switch"],
  ],
} as const satisfies Record<string, readonly Setting[]>;

/** The directory's address and account are not here: they are set beside it, in the LDAP proxy. */
export const ldap = {
  directory: [["ldapEnabled", "switch"]],
  filters: [
    ["ldapBase", "text"],
    ["ldapUserSearchFilter", "text"],
    ["ldapUserGroupSearchFilter", "text"],
  ],
  userAttributes: [
    ["ldapAttributeUserUniqueIdentifier", "text"],
    ["ldapAttributeUserUsername", "text"],
    ["ldapAttributeUserEmail", "text"],
    ["ldapAttributeUserFirstName", "text"],
    ["ldapAttributeUserLastName", "text"],
    ["ldapAttributeUserDisplayName", "text"],
    ["ldapAttributeUserProfilePicture", "text"],
  ],
  groupAttributes: [
    ["ldapAttributeGroupUniqueIdentifier", "text"],
    ["ldapAttributeGroupName", "text"],
    ["ldapAttributeGroupMember", "text"],
  ],
  sync: [
    ["ldapSyncInterval", "number"],
    ["ldapAdminGroupName", "text"],
    ["ldapSoftDeleteUsers", "switch"],
  ],
  limits: [
    ["ldapMaxRemovedUsers", "number"],
    ["ldapMaxRemovedPercent", "number"],
  ],
  mail: [["ldapEmailNewUsers", "switch"]],
} as const satisfies Record<string, readonly Setting[]>;

export const keysOf = (...groups: (readonly Setting[])[]): SettingKey[] => groups.flat().map(([key]) => key);

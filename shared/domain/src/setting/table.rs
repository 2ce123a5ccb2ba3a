use super::Audience::{Administrators, Everybody, Nobody};
use super::SettingRule::{
    AccentColor, Choice, Claims, DomainList, EmailAddress, Flag, HomePage, LdapUrl, Number, Text,
    TextList, UuidList,
};
use super::{Audience, Setting, SettingRule};

const fn row(
    key: &'static str,
    default: &'static str,
    rule: SettingRule,
    audience: Audience,
) -> Setting {
    Setting { key, default, rule, audience }
}

const LINE: SettingRule = Text { max: 1000 };
const PORT: SettingRule = Number { min: 1, max: 65_535 };
const MINUTES_OF_A_WEEK: SettingRule = Number { min: 5, max: 10_080 };
const PERCENT: SettingRule = Number { min: 0, max: 100 };
const UP_TO_A_MILLION: SettingRule = Number { min: 0, max: 1_000_000 };
const MINUTES_OF_A_MONTH: SettingRule = Number { min: 1, max: 43_200 };
const DAYS_OF_TEN_YEARS: SettingRule = Number { min: 1, max: 3650 };
const SIGNUPS: SettingRule = Choice(&["disabled", "withToken", "open"]);
const TLS: SettingRule = Choice(&["none", "starttls", "tls"]);
const VERIFICATION: SettingRule = Choice(&["required", "preferred"]);
const ATTACHMENT: SettingRule = Choice(&["any", "platform", "cross-platform"]);

/// Every setting there is, in the order in which clients see them.
pub const SETTINGS: &[Setting] = &[
    row("appName", "Postern", Text { max: 30 }, Everybody),
    row("sessionDuration", "60", MINUTES_OF_A_MONTH, Administrators),
    row("homePageUrl", "/settings/account", HomePage, Everybody),
    row("emailsVerified", "false", Flag, Administrators),
    row("disableAnimations", "false", Flag, Everybody),
    row("allowOwnAccountEdit", "true", Flag, Everybody),
    row("allowUserSignups", "disabled", SIGNUPS, Everybody),
    row("signupDefaultUserGroupIDs", "[]", UuidList, Administrators),
    row("signupDefaultCustomClaims", "[]", Claims, Administrators),
    row("signupAllowedEmailDomains", "[]", DomainList, Everybody),
    row("signupRequiresApproval", "false", Flag, Everybody),
    row("accentColor", "default", AccentColor, Everybody),
    row("requireUserEmail", "true", Flag, Everybody),
    row("smtpHost", "", LINE, Administrators),
    row("smtpPort", "", PORT, Administrators),
    row("smtpFrom", "", EmailAddress, Administrators),
    row("smtpUser", "", LINE, Administrators),
    row("smtpPassword", "", LINE, Nobody),
    row("smtpTls", "none", TLS, Administrators),
    row("smtpSkipCertVerify", "false", Flag, Administrators),
    row("emailLoginNotificationEnabled", "false", Flag, Administrators),
    row("emailOneTimeAccessAsUnauthenticatedEnabled", "false", Flag, Everybody),
    row("emailOneTimeAccessAsAdminEnabled", "false", Flag, Everybody),
    row("emailApiKeyExpirationEnabled", "false", Flag, Administrators),
    row("emailVerificationEnabled", "false", Flag, Everybody),
    row("ldapEnabled", "false", Flag, Everybody),
    row("ldapUrl", "", LdapUrl, Administrators),
    row("ldapBindDn", "", LINE, Administrators),
    row("ldapBindPassword", "", LINE, Nobody),
    row("ldapBase", "", LINE, Administrators),
    row("ldapUserSearchFilter", "(objectClass=person)", LINE, Administrators),
    row("ldapUserGroupSearchFilter", "(objectClass=groupOfNames)", LINE, Administrators),
    row("ldapSkipCertVerify", "false", Flag, Administrators),
    row("ldapAttributeUserUniqueIdentifier", "", LINE, Administrators),
    row("ldapAttributeUserUsername", "", LINE, Administrators),
    row("ldapAttributeUserEmail", "", LINE, Administrators),
    row("ldapAttributeUserFirstName", "", LINE, Administrators),
    row("ldapAttributeUserLastName", "", LINE, Administrators),
    row("ldapAttributeUserDisplayName", "cn", LINE, Administrators),
    row("ldapAttributeUserProfilePicture", "", LINE, Administrators),
    row("ldapAttributeGroupMember", "member", LINE, Administrators),
    row("ldapAttributeGroupUniqueIdentifier", "", LINE, Administrators),
    row("ldapAttributeGroupName", "", LINE, Administrators),
    row("ldapAdminGroupName", "", LINE, Administrators),
    row("ldapSoftDeleteUsers", "true", Flag, Administrators),
    row("ldapSyncInterval", "60", MINUTES_OF_A_WEEK, Administrators),
    row("ldapMaxRemovedUsers", "100", UP_TO_A_MILLION, Administrators),
    row("ldapMaxRemovedPercent", "10", PERCENT, Administrators),
    row("ldapEmailNewUsers", "false", Flag, Administrators),
    row("webauthnUserVerification", "required", VERIFICATION, Administrators),
    row("webauthnAllowSyncedPasskeys", "true", Flag, Administrators),
    row("webauthnAuthenticatorAttachment", "any", ATTACHMENT, Administrators),
    row("cimdUrlAllowlist", "[]", TextList, Administrators),
    row("auditLogRetentionDays", "90", DAYS_OF_TEN_YEARS, Administrators),
];

//! The audit log: who did what to whom, from where. Entries outlive the users they speak of.

mod export;
mod list;
mod people;
mod record;
mod source;

use domain::Timestamp;
use platform::{Statement, Value};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

pub use export::{Export, Exported};
pub use list::{List, Page};
pub use people::People;
pub use record::EntryRecord;
pub use source::{Cursor, Filter, Whose};

use crate::Client;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Signed in with a passkey.
    SignIn,
    /// An assertion was refused.
    SignInFailed,
    /// Signed in with a one-time link.
    TokenSignIn,
    /// A one-time link was presented that could no longer be redeemed.
    TokenSignInFailed,
    /// Signed out.
    SignOut,
    /// An account came to be: by set-up, by sign-up or by an administrator.
    AccountCreated,
    /// A passkey was registered.
    PasskeyAdded,
    /// A passkey got another name.
    PasskeyRenamed,
    /// A passkey was deleted.
    PasskeyRemoved,
    /// A session was ended from another one.
    SessionRevoked,
    /// An administrator made a one-time link.
    OneTimeLinkCreated,
    /// An administrator revoked a one-time link.
    OneTimeLinkRevoked,
    /// Somebody asked on the sign-in page for a one-time link by mail.
    OneTimeLinkRequested,
    /// A user asked for a mail with which they prove their address.
    EmailVerificationRequested,
    /// A user proved that their address is theirs.
    EmailVerified,
    /// An administrator made a sign-up token.
    SignupTokenCreated,
    /// An administrator revoked a sign-up token.
    SignupTokenRevoked,
    /// A user's record was changed.
    UserUpdated,
    /// A user was deleted.
    UserDeleted,
    /// Users were imported from a file.
    UsersImported,
    /// Users were exported to a file.
    UsersExported,
    /// A group was made.
    UserGroupCreated,
    /// A group was renamed.
    UserGroupUpdated,
    /// A group was deleted.
    UserGroupDeleted,
    /// Who belongs to a group, or to which groups somebody belongs, was changed.
    UserGroupMembersChanged,
    /// Custom claims of a user or a group were changed.
    CustomClaimsChanged,
    /// An API key was made.
    ApiKeyCreated,
    /// An expired API key got a new secret.
    ApiKeyRenewed,
    /// An API key was revoked.
    ApiKeyRevoked,
    /// A passkey was asserted again, in a session.
    Reauthenticated,
    /// An assertion in a session was refused.
    ReauthenticationFailed,
    /// A user's picture was changed or reset.
    ProfilePictureChanged,
    /// An image of the deployment was changed or reset.
    ImageChanged,
    /// The configuration was changed.
    ConfigurationChanged,
    /// The audit log was exported.
    AuditLogExported,
    /// A mail server took a mail.
    EmailSent,
    /// A mail was refused, given up, or outlived by what it speaks of.
    EmailNotSent,
    /// An administrator had a mail sent again.
    EmailResent,
    /// An administrator had a test mail sent.
    TestEmailSent,
    /// A sync of the directory brought something in line.
    LdapSynced,
    /// A sync of the directory was held back, because its plan looks wrong.
    LdapSyncAborted,
    /// An administrator had a plan of the sync applied.
    LdapSyncApproved,
}

impl Event {
    /// The event's name as stored and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "SIGN_IN",
            Self::SignInFailed => "SIGN_IN_FAILED",
            Self::TokenSignIn => "TOKEN_SIGN_IN",
            Self::TokenSignInFailed => "TOKEN_SIGN_IN_FAILED",
            Self::SignOut => "SIGN_OUT",
            Self::AccountCreated => "ACCOUNT_CREATED",
            Self::PasskeyAdded => "PASSKEY_ADDED",
            Self::PasskeyRenamed => "PASSKEY_RENAMED",
            Self::PasskeyRemoved => "PASSKEY_REMOVED",
            Self::SessionRevoked => "SESSION_REVOKED",
            Self::OneTimeLinkCreated => "ONE_TIME_LINK_CREATED",
            Self::OneTimeLinkRevoked => "ONE_TIME_LINK_REVOKED",
            Self::OneTimeLinkRequested => "ONE_TIME_LINK_REQUESTED",
            Self::EmailVerificationRequested => "EMAIL_VERIFICATION_REQUESTED",
            Self::EmailVerified => "EMAIL_VERIFIED",
            Self::SignupTokenCreated => "SIGNUP_TOKEN_CREATED",
            Self::SignupTokenRevoked => "SIGNUP_TOKEN_REVOKED",
            Self::UserUpdated => "USER_UPDATED",
            Self::UserDeleted => "USER_DELETED",
            Self::UsersImported => "USERS_IMPORTED",
            Self::UsersExported => "USERS_EXPORTED",
            Self::UserGroupCreated => "USER_GROUP_CREATED",
            Self::UserGroupUpdated => "USER_GROUP_UPDATED",
            Self::UserGroupDeleted => "USER_GROUP_DELETED",
            Self::UserGroupMembersChanged => "USER_GROUP_MEMBERS_CHANGED",
            Self::CustomClaimsChanged => "CUSTOM_CLAIMS_CHANGED",
            Self::ApiKeyCreated => "API_KEY_CREATED",
            Self::ApiKeyRenewed => "API_KEY_RENEWED",
            Self::ApiKeyRevoked => "API_KEY_REVOKED",
            Self::Reauthenticated => "REAUTHENTICATED",
            Self::ReauthenticationFailed => "REAUTHENTICATION_FAILED",
            Self::ProfilePictureChanged => "PROFILE_PICTURE_CHANGED",
            Self::ImageChanged => "IMAGE_CHANGED",
            Self::ConfigurationChanged => "CONFIGURATION_CHANGED",
            Self::AuditLogExported => "AUDIT_LOG_EXPORTED",
            Self::EmailSent => "EMAIL_SENT",
            Self::EmailNotSent => "EMAIL_NOT_SENT",
            Self::EmailResent => "EMAIL_RESENT",
            Self::TestEmailSent => "TEST_EMAIL_SENT",
            Self::LdapSynced => "LDAP_SYNCED",
            Self::LdapSyncAborted => "LDAP_SYNC_ABORTED",
            Self::LdapSyncApproved => "LDAP_SYNC_APPROVED",
        }
    }
}

/// What every entry holds besides the people in it, which the statement finds.
#[derive(Debug, Clone)]
pub struct Entry {
    /// A fresh identifier.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// From where.
    pub client: Client,
    /// Strings for the reader; never a secret.
    pub data: Map<String, Json>,
}

impl Entry {
    /// The same entry with one more fact.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.data.insert(name.to_owned(), Json::String(value.into()));
        self
    }

    /// A statement made with `insert_audit_entry!`; `further` are `?7` and up.
    pub(crate) fn statement<const N: usize>(
        &self,
        sql: &'static str,
        event: Event,
        further: [Value; N],
    ) -> Statement {
        let mut parameters: Vec<Value> = vec![
            self.id.to_string().into(),
            self.at.as_ms().into(),
            event.as_str().into(),
            self.client.ip_address.as_str().into(),
            self.client.user_agent.as_str().into(),
            Json::Object(self.data.clone()).to_string().into(),
        ];
        parameters.extend(further);
        Statement::new(sql, parameters)
    }
}

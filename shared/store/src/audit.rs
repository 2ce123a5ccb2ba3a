//! The audit log: who did what to whom, from where. Entries outlive the users they speak of.

use domain::Timestamp;
use platform::{Statement, Value};
use serde_json::{Map, Value as Json};
use uuid::Uuid;

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

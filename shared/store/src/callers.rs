//! Who a request comes from: the check that rides in the batch of whatever needs it.

use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use crate::flag::flag;
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// The secret that a request presents, as its SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presented {
    /// Of a session.
    Session(SecretHash),
    /// Of an API key.
    ApiKey(SecretHash),
}

impl Presented {
    /// SHA-256 of the secret.
    pub fn secret_hash(self) -> SecretHash {
        match self {
            Self::Session(secret_hash) | Self::ApiKey(secret_hash) => secret_hash,
        }
    }
}

/// The check: who presents this secret, if it is alive.
///
/// It notes when the session was last seen, or the key last used, at most once a minute.
pub struct Check {
    /// What is presented.
    pub presented: Presented,
    /// Now.
    pub at: Timestamp,
}

/// Whoever presents a secret that is alive, as far as authorisation needs to know.
#[derive(Debug, Clone, Deserialize)]
pub struct CheckedCaller {
    /// The session or the API key.
    pub id: Uuid,
    /// Whose it is.
    pub user_id: Uuid,
    /// Their username.
    pub username: String,
    /// Whether they are an administrator now.
    #[serde(deserialize_with = "flag")]
    pub is_admin: bool,
    /// Whether they are disabled now.
    #[serde(deserialize_with = "flag")]
    pub disabled: bool,
    /// When the session, or the API key, began.
    pub created_at: Timestamp,
    /// When a passkey was last asserted in the session.
    pub verified_at: Option<Timestamp>,
    /// Whether they have a passkey to assert.
    #[serde(deserialize_with = "flag")]
    pub has_passkey: bool,
}

const SESSION: &str = "SELECT json_object('id', s.id, 'user_id', u.id, 'username', u.username, \
    'is_admin', u.is_admin, 'disabled', u.disabled, 'created_at', s.created_at, \
    'verified_at', s.verified_at, 'has_passkey', u.passkey_count > 0) \
    FROM sessions s JOIN users u ON u.id = s.user_id \
    WHERE s.secret_hash = ?1 AND s.expires_at > ?2";

const SESSION_SEEN: &str = "UPDATE sessions SET last_seen_at = ?2 \
    WHERE secret_hash = ?1 AND last_seen_at <= ?2 - 60000";

const API_KEY: &str = "SELECT json_object('id', k.id, 'user_id', u.id, 'username', u.username, \
    'is_admin', u.is_admin, 'disabled', u.disabled, 'created_at', k.created_at, \
    'verified_at', NULL, 'has_passkey', u.passkey_count > 0) \
    FROM api_keys k JOIN users u ON u.id = k.user_id \
    WHERE k.secret_hash = ?1 AND k.expires_at > ?2";

const API_KEY_USED: &str = "UPDATE api_keys SET last_used_at = ?2 \
    WHERE secret_hash = ?1 AND expires_at > ?2 \
      AND (last_used_at IS NULL OR last_used_at <= ?2 - 60000)";

impl Batch for Check {
    type Output = Option<CheckedCaller>;

    fn statements(&self) -> Vec<Statement> {
        let statements = match self.presented {
            Presented::Session(_) => [SESSION, SESSION_SEEN],
            Presented::ApiKey(_) => [API_KEY, API_KEY_USED],
        };
        let parameters = [self.presented.secret_hash().into(), self.at.as_ms().into()];
        statements.map(|sql| Statement::new(sql, parameters.clone())).into()
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        let caller = outcomes.one()?;
        outcomes.skip()?;
        Ok(caller)
    }
}

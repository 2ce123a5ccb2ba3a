use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use crate::flag::flag;
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// The session check: who presents this secret. Rides in the batch of what needs it.
///
/// It notes when the session was last seen, at most once a minute.
pub struct Check {
    /// SHA-256 of the presented secret.
    pub secret_hash: SecretHash,
    /// Now.
    pub at: Timestamp,
}

/// A session that is alive, and its user as far as authorisation needs to know.
#[derive(Debug, Clone, Deserialize)]
pub struct CheckedSession {
    /// The session.
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
}

impl Batch for Check {
    type Output = Option<CheckedSession>;

    fn statements(&self) -> Vec<Statement> {
        let at = self.at.as_ms();
        vec![
            Statement::new(
                "SELECT json_object('id', s.id, 'user_id', u.id, 'username', u.username, \
                 'is_admin', u.is_admin, 'disabled', u.disabled) \
                 FROM sessions s JOIN users u ON u.id = s.user_id \
                 WHERE s.secret_hash = ?1 AND s.expires_at > ?2",
                [self.secret_hash.into(), at.into()],
            ),
            Statement::new(
                "UPDATE sessions SET last_seen_at = ?2 \
                 WHERE secret_hash = ?1 AND last_seen_at <= ?2 - 60000",
                [self.secret_hash.into(), at.into()],
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        let session = outcomes.one()?;
        outcomes.skip()?;
        Ok(session)
    }
}

use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use crate::{Batch, Outcomes, SecretHash, StoreError};

/// The sessions alive of whoever presents this secret, newest first, at most 100.
pub struct List {
    /// SHA-256 of the presented secret.
    pub secret_hash: SecretHash,
    /// Now.
    pub at: Timestamp,
}

/// A session as its owner sees it.
#[derive(Debug, Deserialize)]
pub struct SessionRecord {
    /// Its identifier; it lets nobody in.
    pub id: Uuid,
    /// How it was begun: `phr` or `otp`.
    pub amr: String,
    /// From which address.
    pub ip_address: String,
    /// By which browser, as it calls itself.
    pub user_agent: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_seen_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Batch for List {
    type Output = Vec<SessionRecord>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            "SELECT json_group_array(json(session)) FROM (\
               SELECT json_object('id', id, 'amr', amr, 'ip_address', ip_address, \
                 'user_agent', user_agent, 'created_at', created_at, \
                 'last_seen_at', last_seen_at, 'expires_at', expires_at) AS session \
               FROM sessions \
               WHERE user_id = (SELECT user_id FROM sessions WHERE secret_hash = ?1) \
                 AND expires_at > ?2 \
               ORDER BY created_at DESC LIMIT 100)",
            [self.secret_hash.into(), self.at.as_ms().into()],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.list()
    }
}

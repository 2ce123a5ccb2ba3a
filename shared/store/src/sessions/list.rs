use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use crate::sql::presenter;
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// The sessions alive of whoever presents this secret, newest first, at most 100.
pub struct List {
    /// SHA-256 of the presented secret.
    pub secret_hash: SecretHash,
    /// Now.
    pub at: Timestamp,
}

/// The sessions alive of a user, newest first, at most 100. `None`: there is no such user.
pub struct ListOfUser {
    /// The user.
    pub user: Uuid,
    /// Now.
    pub at: Timestamp,
}

/// A session as its owner and administrators see it.
#[derive(Debug, Deserialize)]
pub struct SessionRecord {
    /// Its identifier; it lets nobody in.
    pub id: Uuid,
    /// How it was begun: `phr`, `otp` or empty.
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

/// Everything alive of the user that `$who` gives; `?2` is now.
macro_rules! sessions_of {
    ($who:expr) => {
        concat!(
            "SELECT (SELECT json_group_array(json(session)) FROM (\
               SELECT json_object('id', s.id, 'amr', s.amr, 'ip_address', s.ip_address, \
                 'user_agent', s.user_agent, 'created_at', s.created_at, \
                 'last_seen_at', s.last_seen_at, 'expires_at', s.expires_at) AS session \
               FROM sessions s WHERE s.user_id = u.id AND s.expires_at > ?2 \
               ORDER BY s.created_at DESC LIMIT 100)) \
             FROM users u WHERE u.id = ",
            $who
        )
    };
}

impl Batch for List {
    type Output = Vec<SessionRecord>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            sessions_of!(presenter!("?1")),
            [self.secret_hash.into(), self.at.as_ms().into()],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.list()
    }
}

impl Batch for ListOfUser {
    type Output = Option<Vec<SessionRecord>>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            sessions_of!("?1"),
            [self.user.to_string().into(), self.at.as_ms().into()],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.one()
    }
}

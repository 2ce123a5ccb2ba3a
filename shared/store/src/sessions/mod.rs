//! Sessions: server-side, one row each. The row's `secret_hash` is the SHA-256 of a random value
//! that only the cookie carries.

mod list;
mod revoke;

use domain::Timestamp;
use platform::{Statement, Value};
use serde::Deserialize;
use uuid::Uuid;

pub use list::{List, ListOfUser, SessionRecord};
pub use revoke::{Revoke, RevokeAll, SignOut};

use crate::users::UserRecord;
use crate::{Client, SecretHash};

/// How the user proved to be there (RFC 8176).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amr {
    /// Phishing-resistant: a passkey.
    Phr,
    /// A one-time link, or set-up.
    Otp,
    /// Sign-up: nothing was there to be proved yet.
    SignUp,
}

impl Amr {
    /// The value as stored; in the token it is left out where it is empty.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Phr => "phr",
            Self::Otp => "otp",
            Self::SignUp => "",
        }
    }
}

/// A session that a flow is about to make. It exists once the flow's batch has found its condition
/// true; until then its identifier is only a proposal.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// A fresh identifier.
    pub id: Uuid,
    /// SHA-256 of the secret that the cookie will carry.
    pub secret_hash: SecretHash,
    /// How the user proved to be there.
    pub amr: Amr,
    /// From where.
    pub client: Client,
    /// Now.
    pub at: Timestamp,
}

/// A session just made, with its user.
#[derive(Debug, Deserialize)]
pub struct StartedSession {
    /// When it ends.
    pub expires_at: Timestamp,
    /// Whose it is.
    pub user: UserRecord,
}

impl NewSession {
    /// A statement made with `insert_session!`; `further` are `?7` and up.
    pub(crate) fn statement<const N: usize>(
        &self,
        sql: &'static str,
        further: [Value; N],
    ) -> Statement {
        let mut parameters: Vec<Value> = vec![
            self.id.to_string().into(),
            self.secret_hash.into(),
            self.amr.as_str().into(),
            self.client.ip_address.as_str().into(),
            self.client.user_agent.as_str().into(),
            self.at.as_ms().into(),
        ];
        parameters.extend(further);
        Statement::new(sql, parameters)
    }

    /// Clears away a few sessions that ended, so that the table never needs a cleaner.
    pub(crate) fn sweep(&self) -> Statement {
        Statement::new(
            "DELETE FROM sessions WHERE id IN (SELECT id FROM sessions \
             WHERE expires_at < ?1 ORDER BY expires_at LIMIT 4)",
            [self.at.as_ms().into()],
        )
    }

    /// Notes the sign-in on the user, if the session was made.
    pub(crate) fn note_sign_in(&self) -> Statement {
        Statement::new(
            "UPDATE users SET last_sign_in_at = ?2 \
             WHERE id = (SELECT user_id FROM sessions WHERE id = ?1)",
            [self.id.to_string().into(), self.at.as_ms().into()],
        )
    }

    /// Reads the session back, if it was made. Decoded as [`StartedSession`].
    pub(crate) fn read_back(&self) -> Statement {
        Statement::new(
            concat!(
                "SELECT json_object('expires_at', s.expires_at, 'user', ",
                crate::sql::user_json!(),
                ") FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ?1"
            ),
            [self.id.to_string().into()],
        )
    }
}

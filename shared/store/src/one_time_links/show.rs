use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use crate::flag::flag;
use crate::limits::{Admission, Gate};
use crate::sql::{active_link, admitted};
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Whom an active link is for, and where it can be redeemed. Changes nothing but the rate limit.
pub struct Show {
    /// Rate limits.
    pub gate: Gate,
    /// SHA-256 of the presented token.
    pub token_hash: SecretHash,
    /// SHA-256 of the cookie of a browser that asked for a link.
    pub device_hash: Option<SecretHash>,
}

/// Whom a link is for.
#[derive(Debug, Deserialize)]
pub struct Addressee {
    /// The link's identifier.
    pub link: Uuid,
    /// The name shown to people.
    pub display_name: String,
    /// Username.
    pub username: String,
    /// When the link ends.
    pub expires_at: Timestamp,
    /// Whether only the browser that asked for it may redeem it.
    #[serde(deserialize_with = "flag")]
    pub device_bound: bool,
    /// Whether it can be redeemed in the browser that looks.
    #[serde(deserialize_with = "flag")]
    pub this_device: bool,
    /// Whether a code may still be typed in its place.
    #[serde(deserialize_with = "flag")]
    pub code_lives: bool,
}

/// What came of it.
#[derive(Debug)]
pub enum Shown {
    /// The link is active.
    Active(Addressee),
    /// There is no such link, or it is no longer active: the same answer for all.
    Inactive,
    /// Too many attempts.
    Refused(Admission),
}

const LINK: &str = concat!(
    "SELECT json_object('link', l.id, 'display_name', u.display_name, 'username', u.username, \
       'expires_at', l.expires_at, 'device_bound', l.device_hash IS NOT NULL, \
       'this_device', coalesce(l.device_hash = ?5, l.device_hash IS NULL), \
       'code_lives', l.code_hash IS NOT NULL AND l.code_attempts < 5) \
     FROM one_time_links l JOIN users u ON u.id = l.user_id WHERE l.token_hash = ?1 AND ",
    active_link!("l", "?2"),
    " AND ",
    admitted!("?3", "?4")
);

impl Batch for Show {
    type Output = Shown;

    fn statements(&self) -> Vec<Statement> {
        let (key, request) = self.gate.permit();
        let mut statements = self.gate.statements();
        statements.push(Statement::new(
            LINK,
            [
                self.token_hash.into(),
                self.gate.at.as_ms().into(),
                key,
                request,
                self.device_hash.into(),
            ],
        ));
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Shown, StoreError> {
        let admission = self.gate.read(outcomes)?;
        Ok(match (outcomes.one()?, admission) {
            (Some(addressee), _) => Shown::Active(addressee),
            (None, Admission::Admitted) => Shown::Inactive,
            (None, refused) => Shown::Refused(refused),
        })
    }
}

use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;

use crate::limits::{Admission, Gate};
use crate::sql::admitted;
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Whom an active link is for. Changes nothing but the rate limit.
pub struct Show {
    /// Rate limits.
    pub gate: Gate,
    /// SHA-256 of the presented token.
    pub token_hash: SecretHash,
}

/// Whom a link is for.
#[derive(Debug, Deserialize)]
pub struct Addressee {
    /// The name shown to people.
    pub display_name: String,
    /// Username.
    pub username: String,
    /// When the link ends.
    pub expires_at: Timestamp,
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
    "SELECT json_object('display_name', u.display_name, 'username', u.username, \
       'expires_at', l.expires_at) \
     FROM one_time_links l JOIN users u ON u.id = l.user_id \
     WHERE l.token_hash = ?1 AND l.redeemed_at IS NULL AND l.revoked_at IS NULL \
       AND l.expires_at > ?2 AND ",
    admitted!("?3", "?4")
);

impl Batch for Show {
    type Output = Shown;

    fn statements(&self) -> Vec<Statement> {
        let (key, request) = self.gate.permit();
        let mut statements = self.gate.statements();
        statements.push(Statement::new(
            LINK,
            [self.token_hash.into(), self.gate.at.as_ms().into(), key, request],
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

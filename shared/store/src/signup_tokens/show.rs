use domain::Timestamp;
use platform::Statement;

use crate::limits::{Admission, Gate};
use crate::sql::{admitted, token_is_active};
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Whether a token is active. Changes nothing but the rate limit.
pub struct Show {
    /// Rate limits.
    pub gate: Gate,
    /// SHA-256 of the presented token.
    pub token_hash: SecretHash,
}

/// What came of it.
#[derive(Debug)]
pub enum Shown {
    /// The token is active until then.
    Active(Timestamp),
    /// There is no such token, or it is no longer active: the same answer for all.
    Inactive,
    /// Too many attempts.
    Refused(Admission),
}

const TOKEN: &str = concat!(
    "SELECT json(t.expires_at) FROM signup_tokens t WHERE t.token_hash = ?1 AND ",
    token_is_active!("?2"),
    " AND ",
    admitted!("?3", "?4")
);

impl Batch for Show {
    type Output = Shown;

    fn statements(&self) -> Vec<Statement> {
        let (key, request) = self.gate.permit();
        let mut statements = self.gate.statements();
        statements.push(Statement::new(
            TOKEN,
            [self.token_hash.into(), self.gate.at.as_ms().into(), key, request],
        ));
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Shown, StoreError> {
        let admission = self.gate.read(outcomes)?;
        Ok(match (outcomes.one()?, admission) {
            (Some(expires_at), _) => Shown::Active(expires_at),
            (None, Admission::Admitted) => Shown::Inactive,
            (None, refused) => Shown::Refused(refused),
        })
    }
}

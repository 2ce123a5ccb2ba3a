use platform::Statement;
use uuid::Uuid;

use crate::audit::{Entry, Event};
use crate::limits::{Admission, Gate};
use crate::sql::{admitted, insert_audit_entry};
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Marks a user's address as verified, for who presents the token that was mailed to it.
///
/// # Atomicity
/// One batch. The audit entry is written while the proof stands and is of the address that the user
/// has now; the mark and the end of the proof hang on the entry, so a proof serves once.
pub struct Verify {
    /// Rate limits.
    pub gate: Gate,
    /// Whose address it must be.
    pub user: Uuid,
    /// SHA-256 of the presented token.
    pub token_hash: SecretHash,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug)]
pub enum Verified {
    /// The address is verified.
    Done,
    /// There is no such proof, or it is over, or of another address: the same answer for all.
    Invalid,
    /// Too many attempts; nothing was looked up.
    Refused(Admission),
}

const ENTRY: &str = concat!(
    insert_audit_entry!(
        "u.id, u.username, u.id, u.username",
        "json_set(?6, '$.email', u.email)",
        "FROM email_verifications v JOIN users u ON u.id = v.user_id \
         WHERE v.user_id = ?7 AND v.token_hash = ?8 AND v.expires_at > ?2 \
           AND v.email_key = u.email_key AND "
    ),
    admitted!("?9", "?10"),
    " RETURNING id"
);

const MARK: &str = "UPDATE users SET email_verified = 1, updated_at = ?2 \
    WHERE id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?3)";

const END: &str = "DELETE FROM email_verifications \
    WHERE user_id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?2)";

impl Batch for Verify {
    type Output = Verified;

    fn statements(&self) -> Vec<Statement> {
        let (key, request) = self.gate.permit();
        let (user, entry) = (self.user.to_string(), self.entry.id.to_string());
        let proof = [user.as_str().into(), self.token_hash.into(), key, request];
        let mut statements = self.gate.statements();
        statements.extend([
            self.entry.statement(ENTRY, Event::EmailVerified, proof),
            Statement::new(
                MARK,
                [user.as_str().into(), self.entry.at.as_ms().into(), entry.as_str().into()],
            ),
            Statement::new(END, [user.into(), entry.into()]),
        ]);
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Verified, StoreError> {
        let admission = self.gate.read(outcomes)?;
        let verified = outcomes.happened()?;
        outcomes.skip()?;
        outcomes.skip()?;
        Ok(match admission {
            refused @ Admission::Refused { .. } => Verified::Refused(refused),
            Admission::Admitted if verified => Verified::Done,
            Admission::Admitted => Verified::Invalid,
        })
    }
}

use platform::Statement;
use uuid::Uuid;

use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::{Batch, Outcomes, StoreError};

/// Second trip of a re-authentication: notes a verified assertion on the session it was made in.
/// `false`: another assertion with this count was faster, or the session is over.
///
/// # Atomicity
/// The audit entry decides. It is written only while the session lives, the credential belongs to
/// the session's user, the user is enabled, and the sign count is still behind the assertion's (or
/// both are zero: the authenticator does not count). Session and record change only with it.
pub struct Reauthenticate {
    /// The session.
    pub session: Uuid,
    /// The credential's record.
    pub credential: Uuid,
    /// Sign count of the assertion.
    pub sign_count: u32,
    /// Backup state of the assertion.
    pub backup_state: bool,
    /// The audit entry.
    pub entry: Entry,
}

const ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    "FROM sessions s JOIN users u ON u.id = s.user_id \
       JOIN credential_records c ON c.user_id = s.user_id \
     WHERE s.id = ?7 AND c.id = ?8 AND s.expires_at > ?2 AND u.disabled = 0 \
       AND (c.sign_count < ?9 OR (c.sign_count = 0 AND ?9 = 0))"
);

const RECORD: &str = "UPDATE credential_records \
    SET sign_count = ?2, backup_state = ?3, last_used_at = ?4 \
    WHERE id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?5)";

const SESSION: &str = "UPDATE sessions SET verified_at = ?2 \
    WHERE id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?3) RETURNING id";

impl Batch for Reauthenticate {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let (session, credential) = (self.session.to_string(), self.credential.to_string());
        let (entry, at) = (self.entry.id.to_string(), self.entry.at.as_ms());
        let sign_count = self.sign_count;
        vec![
            self.entry.statement(
                ENTRY,
                Event::Reauthenticated,
                [session.as_str().into(), credential.as_str().into(), sign_count.into()],
            ),
            Statement::new(
                RECORD,
                [
                    credential.into(),
                    sign_count.into(),
                    self.backup_state.into(),
                    at.into(),
                    entry.as_str().into(),
                ],
            ),
            Statement::new(SESSION, [session.into(), at.into(), entry.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.skip()?;
        outcomes.skip()?;
        outcomes.happened()
    }
}

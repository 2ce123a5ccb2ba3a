use platform::Statement;
use uuid::Uuid;

use super::record::token_facts;
use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Revokes a token: it is deleted, with the record of its uses. The accounts stay, and what the audit
/// log says of them. Nothing happens, and nothing is told, where there is none.
pub struct Revoke {
    /// The token.
    pub token: Uuid,
    /// Who revokes it.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

const ENTRY: &str = insert_audit_entry!(
    "?7, ?8, NULL, NULL",
    token_facts!(),
    "FROM signup_tokens t WHERE t.id = ?9"
);

const DELETE: &str = "DELETE FROM signup_tokens \
    WHERE id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?2)";

impl Batch for Revoke {
    type Output = ();

    fn statements(&self) -> Vec<Statement> {
        let token = self.token.to_string();
        vec![
            self.entry.statement(
                ENTRY,
                Event::SignupTokenRevoked,
                [
                    self.origin.actor_id.to_string().into(),
                    self.origin.actor_username.as_str().into(),
                    token.as_str().into(),
                ],
            ),
            Statement::new(DELETE, [token.into(), self.entry.id.to_string().into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<(), StoreError> {
        outcomes.skip()?;
        outcomes.skip()
    }
}

use platform::Statement;
use uuid::Uuid;

use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::{Batch, Outcomes, StoreError};

/// Deletes an API key: it lets nobody in from then on. `false`: the user has no such key.
pub struct Revoke {
    /// The key.
    pub key: Uuid,
    /// Whose it must be.
    pub user: Uuid,
    /// The audit entry.
    pub entry: Entry,
}

const ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    "json_set(?6, '$.keyName', k.name)",
    "FROM api_keys k JOIN users u ON u.id = k.user_id WHERE k.id = ?7 AND k.user_id = ?8"
);

impl Batch for Revoke {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let own = [self.key.to_string().into(), self.user.to_string().into()];
        vec![
            self.entry.statement(ENTRY, Event::ApiKeyRevoked, own.clone()),
            Statement::new("DELETE FROM api_keys WHERE id = ?1 AND user_id = ?2 RETURNING id", own),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.skip()?;
        outcomes.happened()
    }
}

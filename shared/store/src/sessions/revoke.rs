use platform::Statement;
use uuid::Uuid;

use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::{Batch, Outcomes, StoreError};

/// Ends one of a user's sessions from another one. `false`: the user has no such session.
pub struct Revoke {
    /// The session to end.
    pub session: Uuid,
    /// Whose it must be.
    pub user: Uuid,
    /// The audit entry.
    pub entry: Entry,
}

/// Ends the session it comes from. Ending it twice is no error.
pub struct SignOut {
    /// The session to end.
    pub session: Uuid,
    /// The audit entry.
    pub entry: Entry,
}

const ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    "FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ?7"
);

const OWN_ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    "FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.id = ?7 AND s.user_id = ?8"
);

impl Batch for Revoke {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let session = self.session.to_string();
        let user = self.user.to_string();
        let people = [session.as_str().into(), user.as_str().into()];
        vec![
            self.entry.statement(OWN_ENTRY, Event::SessionRevoked, people.clone()),
            Statement::new(
                "DELETE FROM sessions WHERE id = ?1 AND user_id = ?2 RETURNING id",
                people,
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.skip()?;
        outcomes.happened()
    }
}

impl Batch for SignOut {
    type Output = ();

    fn statements(&self) -> Vec<Statement> {
        let session = self.session.to_string();
        vec![
            self.entry.statement(ENTRY, Event::SignOut, [session.as_str().into()]),
            Statement::new("DELETE FROM sessions WHERE id = ?1", [session.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<(), StoreError> {
        outcomes.skip()?;
        outcomes.skip()
    }
}

use platform::Statement;
use uuid::Uuid;

use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Ends one of a user's sessions. `false`: the user has no such session alive.
pub struct Revoke {
    /// The session to end.
    pub session: Uuid,
    /// Whose it must be.
    pub user: Uuid,
    /// Who ends it: the user, or an administrator.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

/// Ends all of a user's sessions but one. `false`: there is no such user. Ending none is no error
/// and leaves no entry.
pub struct RevokeAll {
    /// The user.
    pub user: Uuid,
    /// The session that goes on.
    pub except: Option<Uuid>,
    /// Who ends them: the user, or an administrator.
    pub origin: Origin,
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

const REVOKED: &str = insert_audit_entry!(
    "?7, ?8, u.id, u.username",
    "FROM sessions s JOIN users u ON u.id = s.user_id \
     WHERE s.id = ?9 AND s.user_id = ?10 AND s.expires_at > ?2"
);

const ALL_REVOKED: &str = insert_audit_entry!(
    "?7, ?8, u.id, u.username",
    "json_set(?6, '$.sessions', CAST((SELECT count(*) FROM sessions s \
       WHERE s.user_id = u.id AND s.id <> ?10 AND s.expires_at > ?2) AS TEXT))",
    "FROM users u WHERE u.id = ?9 AND EXISTS (SELECT 1 FROM sessions s \
       WHERE s.user_id = u.id AND s.id <> ?10 AND s.expires_at > ?2)"
);

impl Batch for Revoke {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let session = self.session.to_string();
        vec![
            self.entry.statement(
                REVOKED,
                Event::SessionRevoked,
                [
                    self.origin.actor_id.to_string().into(),
                    self.origin.actor_username.as_str().into(),
                    session.as_str().into(),
                    self.user.to_string().into(),
                ],
            ),
            Statement::new(
                "DELETE FROM sessions WHERE id = ?1 \
                 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?2) RETURNING id",
                [session.into(), self.entry.id.to_string().into()],
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.skip()?;
        outcomes.happened()
    }
}

impl Batch for RevokeAll {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let user = self.user.to_string();
        // No session has an empty identifier.
        let except = self.except.map(|session| session.to_string()).unwrap_or_default();
        vec![
            self.entry.statement(
                ALL_REVOKED,
                Event::SessionRevoked,
                [
                    self.origin.actor_id.to_string().into(),
                    self.origin.actor_username.as_str().into(),
                    user.as_str().into(),
                    except.as_str().into(),
                ],
            ),
            Statement::new(
                "DELETE FROM sessions WHERE user_id = ?1 AND id <> ?2",
                [user.as_str().into(), except.into()],
            ),
            Statement::new("SELECT json('true') FROM users WHERE id = ?1", [user.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.skip()?;
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

use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::Origin;
use super::guard::{Guard, keeps_an_administrator, spares_oneself};
use super::update::before_json;
use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::{Batch, Outcomes, StoreError};

/// Deletes a user and all that is theirs. Audit entries stay.
pub struct Delete {
    /// Whom.
    pub user: Uuid,
    /// Who deletes them.
    pub origin: Origin,
    /// The audit entry; the values before come from the row.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug)]
pub enum Deleted {
    /// They are gone. Where their picture was, if they had one.
    Done {
        /// [`super::UserRecord::picture_hash`].
        picture_hash: Option<String>,
    },
    /// A guard stands against it; nothing was written.
    Refused(Guard),
    /// There is no such user.
    Unknown,
}

/// True while a directory is synced that owns `users u`, who is enabled. Disabled first, they may
/// be deleted.
macro_rules! owned_by_directory {
    () => {
        concat!("(u.disabled = 0 AND ", crate::users::guard::managed!(), ")")
    };
}
pub(super) use owned_by_directory;

const STATE: &str = concat!(
    "SELECT json_object('picture_hash', u.picture_hash, 'guard', CASE WHEN NOT ",
    keeps_an_administrator!("?1", "0", "1"),
    " THEN 'last_admin' WHEN NOT ",
    spares_oneself!("?2", "0", "1"),
    " THEN 'own_account' WHEN ",
    owned_by_directory!(),
    " THEN 'ldap' END) FROM users u WHERE u.id = ?1"
);

const DECIDE: &str = insert_audit_entry!(
    "?7, ?8, u.id, u.username",
    concat!(
        "FROM users u WHERE u.id = ?9 AND ",
        keeps_an_administrator!("?9", "0", "1"),
        " AND ",
        spares_oneself!("?7", "0", "1"),
        " AND NOT ",
        owned_by_directory!(),
        " RETURNING id"
    )
);

const NOTE_BEFORE: &str = concat!(
    "UPDATE audit_entries SET data = json_set(data, '$.before', (SELECT ",
    before_json!(),
    " FROM users u WHERE u.id = audit_entries.user_id)) WHERE id = ?1"
);

const DELETE: &str = "DELETE FROM users \
    WHERE id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?2)";

#[derive(Deserialize)]
struct State {
    picture_hash: Option<String>,
    guard: Option<Guard>,
}

impl Batch for Delete {
    type Output = Deleted;

    fn statements(&self) -> Vec<Statement> {
        let (user, entry) = (self.user.to_string(), self.entry.id.to_string());
        let actor = self.origin.actor_id.to_string();
        let people = [
            actor.as_str().into(),
            self.origin.actor_username.as_str().into(),
            user.as_str().into(),
        ];
        vec![
            Statement::new(STATE, [user.as_str().into(), actor.as_str().into()]),
            self.entry.statement(DECIDE, Event::UserDeleted, people),
            Statement::new(NOTE_BEFORE, [entry.as_str().into()]),
            Statement::new(DELETE, [user.into(), entry.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Deleted, StoreError> {
        let state: Option<State> = outcomes.one()?;
        for _ in 0..3 {
            outcomes.skip()?;
        }
        Ok(match state {
            None => Deleted::Unknown,
            Some(State { guard: Some(guard), .. }) => Deleted::Refused(guard),
            Some(State { picture_hash, guard: None }) => Deleted::Done { picture_hash },
        })
    }
}

use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::Origin;
use crate::audit::{Entry, Event};
use crate::flag::flag;
use crate::sql::insert_audit_entry;
use crate::{Batch, Outcomes, StoreError};

/// Some of all users, in the order they came. The first trip writes the audit entry.
pub struct Export {
    /// Where the trip before ended; 0 at first.
    pub after: i64,
    /// Who exports, on the first trip.
    pub begin: Option<(Origin, Entry)>,
}

/// Users of one trip.
#[derive(Debug, Deserialize)]
pub struct Exported {
    /// Where it ended, if there are more; they may be gone by then.
    pub next: Option<i64>,
    /// The users.
    pub users: Vec<ExportedUser>,
}

/// A user as exported.
#[derive(Debug, Deserialize)]
pub struct ExportedUser {
    /// Identifier.
    pub id: Uuid,
    /// Username.
    pub username: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Whether the address is known to be theirs.
    #[serde(deserialize_with = "flag")]
    pub email_verified: bool,
    /// First name, may be empty.
    pub first_name: String,
    /// Last name, may be empty.
    pub last_name: String,
    /// The name shown to people.
    pub display_name: String,
    /// Whether they administrate.
    #[serde(deserialize_with = "flag")]
    pub is_admin: bool,
    /// Whether they are shut out.
    #[serde(deserialize_with = "flag")]
    pub disabled: bool,
    /// Preferred language.
    pub locale: Option<String>,
    /// Names of their groups.
    pub groups: Vec<String>,
    /// When the account came to be.
    pub created_at: Timestamp,
    /// When they last signed in.
    pub last_sign_in_at: Option<Timestamp>,
    /// How many passkeys they have.
    pub passkey_count: u32,
}

const BEGIN: &str = insert_audit_entry!("?7, ?8, NULL, NULL", "");

/// A thousand users, or fewer whose records come to a megabyte: D1 gives no value of more than 2 MB.
const READ: &str = "SELECT json_object('users', json_group_array(json(user)), \
      'next', CASE WHEN max(seq) < (SELECT max(seq) FROM users) THEN max(seq) END) \
    FROM (SELECT seq, user, size, sum(size) OVER (ORDER BY seq ROWS UNBOUNDED PRECEDING) AS total \
      FROM (SELECT seq, user, length(CAST(user AS BLOB)) AS size FROM (SELECT u.seq, json_object(\
        'id', u.id, 'username', u.username, 'email', u.email, \
        'email_verified', u.email_verified, 'first_name', u.first_name, \
        'last_name', u.last_name, 'display_name', u.display_name, 'is_admin', u.is_admin, \
        'disabled', u.disabled, 'locale', u.locale, 'created_at', u.created_at, \
        'last_sign_in_at', u.last_sign_in_at, 'passkey_count', u.passkey_count, \
        'groups', json((SELECT json_group_array(g.name) FROM user_group_members m \
          CROSS JOIN user_groups g ON g.id = m.group_id WHERE m.user_id = u.id))) AS user \
        FROM users u WHERE u.seq > ?1 ORDER BY u.seq LIMIT 1000))) \
    WHERE total <= 1000000 OR total = size";

impl Batch for Export {
    type Output = Exported;

    fn statements(&self) -> Vec<Statement> {
        let begin = self.begin.as_ref().map(|(origin, entry)| {
            let actor = [origin.actor_id.to_string().into(), origin.actor_username.as_str().into()];
            entry.statement(BEGIN, Event::UsersExported, actor)
        });
        begin.into_iter().chain([Statement::new(READ, [self.after.into()])]).collect()
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Exported, StoreError> {
        if self.begin.is_some() {
            outcomes.skip()?;
        }
        outcomes.one()?.ok_or(StoreError::MissingOutcome)
    }
}

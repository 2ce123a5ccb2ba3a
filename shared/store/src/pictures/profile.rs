use platform::{Statement, Value};
use serde::Deserialize;
use uuid::Uuid;

use super::insert_change_entry;
use crate::audit::{Entry, Event};
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// What a user's picture is made of. `None`: no such user.
pub struct FaceOf(pub Uuid);

/// What a user's picture is made of.
#[derive(Debug, Deserialize)]
pub struct Face {
    /// Username.
    pub username: String,
    /// First name, may be empty.
    pub first_name: String,
    /// Last name, may be empty.
    pub last_name: String,
    /// Hash of the picture they or an administrator gave.
    pub picture_hash: Option<String>,
    /// Hash of the deployment's picture for whoever gave none.
    pub default_hash: Option<String>,
}

impl Batch for FaceOf {
    type Output = Option<Face>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            "SELECT json_object('username', username, 'first_name', first_name, \
               'last_name', last_name, 'picture_hash', picture_hash, 'default_hash', \
               (SELECT hash FROM images WHERE name = 'default-profile-picture')) \
             FROM users WHERE id = ?1",
            [self.0.to_string().into()],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.one()
    }
}

/// Gives a user another picture, or takes theirs away. `None`: no such user, and nothing was
/// written. Taking away where there is none writes nothing either.
pub struct ChangeProfilePicture {
    /// Whose.
    pub user: Uuid,
    /// Fresh hash of the picture, already in the key-value store; `None` takes it away.
    pub hash: Option<String>,
    /// Who does it.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

/// What a change replaced.
#[derive(Debug, Deserialize)]
pub struct Replaced {
    /// Hash of the picture that is no longer in use.
    pub before: Option<String>,
}

const ENTRY: &str = insert_change_entry!(
    "u.picture_hash",
    "?7, ?8, u.id, u.username",
    "FROM users u WHERE u.id = ?9 AND (?10 IS NOT NULL OR u.picture_hash IS NOT NULL)"
);

impl Batch for ChangeProfilePicture {
    type Output = Option<Replaced>;

    fn statements(&self) -> Vec<Statement> {
        let user = self.user.to_string();
        let hash: Value = self.hash.as_deref().map_or(Value::Null, Value::from);
        let further = [
            self.origin.actor_id.to_string().into(),
            self.origin.actor_username.as_str().into(),
            user.as_str().into(),
            hash.clone(),
        ];
        vec![
            self.entry.statement(ENTRY, Event::ProfilePictureChanged, further),
            Statement::new(
                "SELECT json_object('before', picture_hash) FROM users WHERE id = ?1",
                [user.as_str().into()],
            ),
            Statement::new(
                "UPDATE users SET picture_hash = ?2, updated_at = ?3 \
                 WHERE id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?4)",
                [user.into(), hash, self.entry.at.as_ms().into(), self.entry.id.to_string().into()],
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.skip()?;
        let replaced = outcomes.one()?;
        outcomes.skip()?;
        Ok(replaced)
    }
}

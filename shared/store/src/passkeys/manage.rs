use domain::CredentialName;
use platform::Statement;
use uuid::Uuid;

use super::CredentialRecord;
use super::record::credential_json;
use crate::audit::{Entry, Event};
use crate::sql::{insert_audit_entry, presenter};
use crate::users::Origin;
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// The passkeys of the user who presents this secret, oldest first.
pub struct ListByPresenter(pub SecretHash);

/// The passkeys of a user, oldest first. `None`: there is no such user.
pub struct ListOfUser(pub Uuid);

/// The passkeys of the user that `$who` gives.
macro_rules! credentials_of {
    ($who:expr) => {
        concat!(
            "SELECT (SELECT json_group_array(json(credential)) FROM (SELECT ",
            credential_json!(),
            " AS credential FROM credential_records c WHERE c.user_id = u.id \
             ORDER BY c.created_at LIMIT 1000)) FROM users u WHERE u.id = ",
            $who
        )
    };
}

impl Batch for ListByPresenter {
    type Output = Vec<CredentialRecord>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(credentials_of!(presenter!("?1")), [self.0.into()])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.list()
    }
}

impl Batch for ListOfUser {
    type Output = Option<Vec<CredentialRecord>>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(credentials_of!("?1"), [self.0.to_string().into()])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.one()
    }
}

/// Names a passkey. `None`: the user has no such passkey.
pub struct Rename {
    /// The credential's record.
    pub credential: Uuid,
    /// Whose it must be.
    pub user: Uuid,
    /// The name.
    pub name: CredentialName,
    /// The audit entry.
    pub entry: Entry,
}

const RENAMED: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    "json_set(?6, '$.before', c.name)",
    "FROM credential_records c JOIN users u ON u.id = c.user_id \
     WHERE c.id = ?7 AND c.user_id = ?8"
);

impl Batch for Rename {
    type Output = Option<CredentialRecord>;

    fn statements(&self) -> Vec<Statement> {
        let credential = self.credential.to_string();
        let user = self.user.to_string();
        let own = [credential.as_str().into(), user.as_str().into()];
        vec![
            self.entry.statement(RENAMED, Event::PasskeyRenamed, own.clone()),
            Statement::new(
                "UPDATE credential_records SET name = ?3 WHERE id = ?1 AND user_id = ?2",
                [credential.as_str().into(), user.as_str().into(), self.name.as_str().into()],
            ),
            Statement::new(
                concat!(
                    "SELECT ",
                    credential_json!(),
                    " FROM credential_records c WHERE c.id = ?1 AND c.user_id = ?2"
                ),
                own,
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.skip()?;
        outcomes.skip()?;
        outcomes.one()
    }
}

/// Deletes a passkey. `false`: the user has no such passkey. Sessions that it began go on.
pub struct Remove {
    /// The credential's record.
    pub credential: Uuid,
    /// Whose it must be.
    pub user: Uuid,
    /// Who deletes it: the user, or an administrator.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

const REMOVED: &str = insert_audit_entry!(
    "?7, ?8, u.id, u.username",
    "json_set(?6, '$.passkeyName', c.name)",
    "FROM credential_records c JOIN users u ON u.id = c.user_id \
     WHERE c.id = ?9 AND c.user_id = ?10"
);

impl Batch for Remove {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let credential = self.credential.to_string();
        let user = self.user.to_string();
        vec![
            self.entry.statement(
                REMOVED,
                Event::PasskeyRemoved,
                [
                    self.origin.actor_id.to_string().into(),
                    self.origin.actor_username.as_str().into(),
                    credential.as_str().into(),
                    user.as_str().into(),
                ],
            ),
            Statement::new(
                "DELETE FROM credential_records WHERE id = ?1 AND user_id = ?2 RETURNING id",
                [credential.into(), user.into()],
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.skip()?;
        outcomes.happened()
    }
}

use domain::CredentialName;
use platform::Statement;
use uuid::Uuid;

use super::CredentialRecord;
use super::record::credential_json;
use crate::audit::{Entry, Event};
use crate::sql::{insert_audit_entry, presenter};
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// The passkeys of the user who presents this secret, oldest first.
pub struct ListByPresenter(pub SecretHash);

impl Batch for ListByPresenter {
    type Output = Vec<CredentialRecord>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            concat!(
                "SELECT json_group_array(json(credential)) FROM (SELECT ",
                credential_json!(),
                " AS credential FROM credential_records c WHERE c.user_id = ",
                presenter!("?1"),
                " ORDER BY c.created_at LIMIT 1000)"
            ),
            [self.0.into()],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.list()
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

const OWN_CREDENTIAL_ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
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
            self.entry.statement(OWN_CREDENTIAL_ENTRY, Event::PasskeyRenamed, own.clone()),
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

/// Deletes a passkey. `false`: the user has no such passkey.
pub struct Remove {
    /// The credential's record.
    pub credential: Uuid,
    /// Whose it must be.
    pub user: Uuid,
    /// The audit entry.
    pub entry: Entry,
}

impl Batch for Remove {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let credential = self.credential.to_string();
        let user = self.user.to_string();
        let own = [credential.into(), user.into()];
        vec![
            self.entry.statement(OWN_CREDENTIAL_ENTRY, Event::PasskeyRemoved, own.clone()),
            Statement::new(
                "DELETE FROM credential_records WHERE id = ?1 AND user_id = ?2 RETURNING id",
                own,
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.skip()?;
        outcomes.happened()
    }
}

use domain::{ApiKeyDescription, ApiKeyExpiration, ApiKeyName};
use platform::Statement;
use uuid::Uuid;

use super::{ApiKeyRecord, api_key_json};
use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Makes an API key. `None`: the user has [`Create::MOST`] already, and nothing was written.
pub struct Create {
    /// A fresh identifier.
    pub id: Uuid,
    /// Whose it is.
    pub user: Uuid,
    /// SHA-256 of its token.
    pub secret_hash: SecretHash,
    /// Its name.
    pub name: ApiKeyName,
    /// What it is for.
    pub description: Option<ApiKeyDescription>,
    /// When it ends.
    pub expires_at: ApiKeyExpiration,
    /// The audit entry.
    pub entry: Entry,
}

impl Create {
    /// How many keys a user can have, expired ones included.
    pub const MOST: u32 = 100;
}

/// The condition stands in the statement, so attempts at once cannot go beyond it together.
const KEY: &str = "INSERT INTO api_keys \
    (id, user_id, secret_hash, name, description, created_at, expires_at) \
    SELECT ?1, u.id, ?3, ?4, ?5, ?6, ?7 FROM users u \
    WHERE u.id = ?2 AND (SELECT count(*) FROM api_keys WHERE user_id = u.id) < ?8";

const ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    "FROM api_keys k JOIN users u ON u.id = k.user_id WHERE k.id = ?7"
);

const READ_BACK: &str = concat!("SELECT ", api_key_json!(), " FROM api_keys WHERE id = ?1");

impl Batch for Create {
    type Output = Option<ApiKeyRecord>;

    fn statements(&self) -> Vec<Statement> {
        let id = self.id.to_string();
        let key = Statement::new(
            KEY,
            [
                id.as_str().into(),
                self.user.to_string().into(),
                self.secret_hash.into(),
                self.name.as_str().into(),
                self.description.as_ref().map(ApiKeyDescription::as_str).into(),
                self.entry.at.as_ms().into(),
                self.expires_at.at().as_ms().into(),
                Self::MOST.into(),
            ],
        );
        vec![
            key,
            self.entry.statement(ENTRY, Event::ApiKeyCreated, [id.as_str().into()]),
            Statement::new(READ_BACK, [id.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.skip()?;
        outcomes.skip()?;
        outcomes.one()
    }
}

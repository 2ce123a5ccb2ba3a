use domain::ApiKeyExpiration;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::{ApiKeyRecord, api_key_json};
use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Gives an expired API key a new token and a new end.
///
/// # Atomicity
/// The audit entry is written only while the key is expired, and the key changes only with the
/// entry: of two renewals at once the second finds a key that lives.
pub struct Renew {
    /// The key.
    pub key: Uuid,
    /// Whose it must be.
    pub user: Uuid,
    /// SHA-256 of the new token.
    pub secret_hash: SecretHash,
    /// When it will end.
    pub expires_at: ApiKeyExpiration,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug)]
pub enum Renewed {
    /// The key lives again, by the new token alone.
    Done(ApiKeyRecord),
    /// The key has not expired, and stays as it is.
    NotExpired,
    /// The user has no such key.
    Unknown,
}

#[derive(Deserialize)]
struct State {
    renewed: u8,
    key: ApiKeyRecord,
}

const ENTRY: &str = insert_audit_entry!(
    "u.id, u.username, u.id, u.username",
    "json_set(?6, '$.keyName', k.name, '$.before', \
       strftime('%Y-%m-%dT%H:%M:%SZ', k.expires_at / 1000, 'unixepoch'))",
    "FROM api_keys k JOIN users u ON u.id = k.user_id \
     WHERE k.id = ?7 AND k.user_id = ?8 AND k.expires_at <= ?2"
);

const KEY: &str = "UPDATE api_keys \
    SET secret_hash = ?2, expires_at = ?3, expiration_email_sent = 0 \
    WHERE id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?4)";

const STATE: &str = concat!(
    "SELECT json_object('renewed', secret_hash = ?3, 'key', ",
    api_key_json!(),
    ") FROM api_keys WHERE id = ?1 AND user_id = ?2"
);

impl Batch for Renew {
    type Output = Renewed;

    fn statements(&self) -> Vec<Statement> {
        let key = self.key.to_string();
        let user = self.user.to_string();
        let own = [key.as_str().into(), user.as_str().into()];
        vec![
            self.entry.statement(ENTRY, Event::ApiKeyRenewed, own),
            Statement::new(
                KEY,
                [
                    key.as_str().into(),
                    self.secret_hash.into(),
                    self.expires_at.at().as_ms().into(),
                    self.entry.id.to_string().into(),
                ],
            ),
            Statement::new(STATE, [key.into(), user.into(), self.secret_hash.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Renewed, StoreError> {
        outcomes.skip()?;
        outcomes.skip()?;
        Ok(match outcomes.one::<State>()? {
            Some(State { renewed: 0, .. }) => Renewed::NotExpired,
            Some(state) => Renewed::Done(state.key),
            None => Renewed::Unknown,
        })
    }
}

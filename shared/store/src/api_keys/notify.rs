use domain::Timestamp;
use platform::Statement;
use serde_json::json;
use uuid::Uuid;

use crate::{Batch, Outcomes, StoreError};

/// Queues mails about API keys that end within a week, and notes that their owners were told. A key
/// made for less than a week needs none.
///
/// # Atomicity
/// One batch. A key is noted when one of this batch's fresh mails is about it, so of two runs at once
/// one tells.
pub struct Notify {
    /// Fresh identifiers, for as many mails at most.
    pub ids: Vec<Uuid>,
    /// Now.
    pub at: Timestamp,
}

const WEEK_MS: i64 = 7 * 24 * 60 * 60_000;

const MAILS: &str = "WITH ending AS MATERIALIZED (\
      SELECT k.id, k.name, k.expires_at, u.id AS user_id, u.email, u.display_name, \
        row_number() OVER (ORDER BY k.expires_at) - 1 AS place \
      FROM api_keys k JOIN users u ON u.id = k.user_id \
      WHERE k.expiration_email_sent = 0 AND k.expires_at > ?2 AND k.expires_at <= ?2 + ?3 \
        AND k.expires_at - k.created_at > ?3 AND u.disabled = 0 AND u.email_key IS NOT NULL \
        AND EXISTS (SELECT 1 FROM configuration \
          WHERE key = 'emailApiKeyExpirationEnabled' AND value = 'true') \
      ORDER BY k.expires_at LIMIT json_array_length(?1)) \
    INSERT INTO outbox (id, kind, data, created_at, expires_at, due_at, user_id, to_address, to_name) \
    SELECT fresh.value, ?4, json_object('keyId', ending.id, 'key', ending.name, \
        'expiresAt', strftime('%Y-%m-%dT%H:%M:%SZ', ending.expires_at / 1000, 'unixepoch')), \
      ?2, ending.expires_at, ?2, ending.user_id, ending.email, ending.display_name \
    FROM ending JOIN json_each(?1) fresh ON fresh.key = ending.place";

const TOLD: &str = "UPDATE api_keys SET expiration_email_sent = 1 WHERE id IN (\
      SELECT json_extract(m.data, '$.keyId') FROM json_each(?1) fresh \
      JOIN outbox m ON m.id = fresh.value)";

impl Notify {
    /// How many mails one run queues at most; the next goes on.
    pub const MOST: u32 = 20;
}

impl Batch for Notify {
    type Output = ();

    fn statements(&self) -> Vec<Statement> {
        let ids: Vec<String> = self.ids.iter().map(Uuid::to_string).collect();
        let ids = json!(ids).to_string();
        let kind = crate::outbox::Kind::ApiKeyExpiring.as_str();
        vec![
            Statement::new(
                MAILS,
                [ids.as_str().into(), self.at.as_ms().into(), WEEK_MS.into(), kind.into()],
            ),
            Statement::new(TOLD, [ids.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<(), StoreError> {
        outcomes.skip()?;
        outcomes.skip()
    }
}

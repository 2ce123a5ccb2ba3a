use std::collections::BTreeMap;

use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::Kind;
use crate::{Batch, Outcomes, StoreError};

/// How long a claim holds unless it is renewed. A killed dispatcher's mail waits that long; one mail
/// must be through in less.
pub const CLAIM_MS: i64 = 120_000;

/// Mails that end within an hour go before those that have waited for longer.
const SOON_MS: i64 = 60 * 60_000;

/// Takes mails that are due: up to three quarters that end soon, and then those that have been due for
/// longest. So neither a backlog keeps a link to sign in until it is over, nor links keep the backlog.
pub struct Claim {
    /// A fresh identifier, which owns them from then on.
    pub claim: Uuid,
    /// At most so many.
    pub limit: u32,
    /// Now.
    pub at: Timestamp,
}

/// A mail as the dispatcher needs it.
#[derive(Debug, Clone, Deserialize)]
pub struct ClaimedMail {
    /// Identifier.
    pub id: Uuid,
    /// What it is about.
    pub kind: Kind,
    /// To which address.
    pub to_address: String,
    /// To whom.
    pub to_name: String,
    /// Strings for the template.
    pub data: BTreeMap<String, String>,
    /// Which language the user prefers.
    pub locale: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When what it speaks of ends.
    pub expires_at: Option<Timestamp>,
    /// How many attempts there have been.
    pub attempts: u32,
    /// How many of them a server may have taken and did not confirm.
    pub unconfirmed: u32,
}

const CLAIM: &str = "WITH soon AS MATERIALIZED (\
      SELECT id FROM outbox INDEXED BY outbox_by_expires_at \
      WHERE state = 'queued' AND expires_at > ?2 AND expires_at <= ?2 + ?5 AND due_at <= ?2 \
      ORDER BY expires_at LIMIT ?3 - ?3 / 4) \
    UPDATE outbox SET claim = ?1, due_at = ?2 + ?4 WHERE id IN (\
      SELECT id FROM soon UNION ALL SELECT id FROM (\
        SELECT id FROM outbox WHERE state = 'queued' AND due_at <= ?2 AND id NOT IN soon \
        ORDER BY due_at LIMIT ?3 - (SELECT count(*) FROM soon))) \
    RETURNING json_object('id', id, 'kind', kind, 'to_address', to_address, 'to_name', to_name, \
      'data', json(data), 'created_at', created_at, 'expires_at', expires_at, \
      'attempts', attempts, 'unconfirmed', unconfirmed, \
      'locale', (SELECT locale FROM users WHERE users.id = user_id))";

impl Batch for Claim {
    type Output = Vec<ClaimedMail>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            CLAIM,
            [
                self.claim.to_string().into(),
                self.at.as_ms().into(),
                self.limit.into(),
                CLAIM_MS.into(),
                SOON_MS.into(),
            ],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Vec<ClaimedMail>, StoreError> {
        let mut mails: Vec<ClaimedMail> = outcomes.each()?;
        mails.sort_by_key(|mail| (mail.expires_at.is_none(), mail.expires_at));
        Ok(mails)
    }
}

use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::{Kind, MailState};
use crate::{Batch, Outcomes, StoreError};

/// A page of the mails to one user, newest first.
pub struct OfUser {
    /// The user.
    pub user: Uuid,
    /// Which page, from 1; past the end gives the last one.
    pub page: u32,
    /// Mails a page, 1–100.
    pub limit: u32,
}

/// The page, or `None` where there is no such user.
#[derive(Debug, Deserialize)]
pub struct Mails {
    /// The mails.
    pub items: Vec<MailRecord>,
    /// How many there are on all pages.
    pub total: u32,
}

/// A mail as administrators see it.
#[derive(Debug, Deserialize)]
pub struct MailRecord {
    /// Identifier.
    pub id: Uuid,
    /// What it is about.
    pub kind: Kind,
    /// To which address.
    pub to_address: String,
    /// What has become of it.
    pub state: MailState,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it came to its state, unless it is queued.
    pub ended_at: Option<Timestamp>,
    /// How many attempts there have been.
    pub attempts: u32,
    /// When the next attempt is due, if it is queued.
    pub due_at: Timestamp,
    /// The server's last words.
    pub reply: Option<String>,
}

const PAGE: &str = "WITH total AS (SELECT count(*) AS n FROM outbox WHERE user_id = ?1) \
    SELECT json_object('total', (SELECT n FROM total), 'items', json((\
      SELECT json_group_array(json(mail)) FROM (\
        SELECT json_object('id', id, 'kind', kind, 'to_address', to_address, 'state', state, \
          'created_at', created_at, 'ended_at', ended_at, 'attempts', attempts, \
          'due_at', due_at, 'reply', reply) AS mail \
        FROM outbox WHERE user_id = ?1 ORDER BY created_at DESC \
        LIMIT ?2 OFFSET ?2 * max(0, min(?3 - 1, ((SELECT n FROM total) - 1) / ?2)))))) \
    WHERE EXISTS (SELECT 1 FROM users WHERE id = ?1)";

impl Batch for OfUser {
    type Output = Option<Mails>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            PAGE,
            [self.user.to_string().into(), self.limit.into(), self.page.into()],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.one()
    }
}

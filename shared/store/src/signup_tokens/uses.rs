use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use crate::{Batch, Outcomes, StoreError};

/// A page of who signed up with a token, the latest first. `None`: there is no such token.
pub struct Uses {
    /// The token.
    pub token: Uuid,
    /// Which page, from 1; past the end gives the last one.
    pub page: u32,
    /// Uses a page, 1–100.
    pub limit: u32,
}

/// A page and where it lies.
#[derive(Debug, Deserialize)]
pub struct UsesPage {
    /// The uses.
    pub items: Vec<Use>,
    /// How many there are on all pages.
    pub total: u32,
}

/// Who signed up, and when.
#[derive(Debug, Deserialize)]
pub struct Use {
    /// The user, who may be gone.
    pub user_id: Uuid,
    /// Their username then.
    pub username: String,
    /// When.
    pub used_at: Timestamp,
}

/// The token's count is written with each use, so it is their number.
const PAGE: &str = "SELECT json_object('total', t.usage_count, 'items', json((\
      SELECT json_group_array(json(item)) FROM (\
        SELECT json_object('user_id', user_id, 'username', username, 'used_at', used_at) AS item \
        FROM signup_token_uses WHERE token_id = ?1 ORDER BY used_at DESC, seq DESC \
        LIMIT ?2 OFFSET ?2 * max(0, min(?3 - 1, \
          ((SELECT usage_count FROM signup_tokens WHERE id = ?1) - 1) / ?2)))))) \
    FROM signup_tokens t WHERE t.id = ?1";

impl Batch for Uses {
    type Output = Option<UsesPage>;

    fn statements(&self) -> Vec<Statement> {
        let token = self.token.to_string();
        vec![Statement::new(PAGE, [token.into(), self.limit.into(), self.page.into()])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.one()
    }
}

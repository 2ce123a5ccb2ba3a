use platform::Statement;
use serde::Deserialize;

use super::{ApiKeyRecord, api_key_json};
use crate::sql::presenter;
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// A page of the API keys of whoever presents this secret. There are at most
/// [`super::Create::MOST`] of them, so they are ordered where they are read.
pub struct List {
    /// SHA-256 of the presented secret.
    pub secret_hash: SecretHash,
    /// Which page, from 1; past the end gives the last one.
    pub page: u32,
    /// Keys a page, 1–100.
    pub limit: u32,
    /// Order.
    pub sort: Sort,
    /// Whether the order is descending.
    pub descending: bool,
}

/// A column that the list may be ordered by. Ties are in the order of making.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Name, ignoring ASCII case.
    Name,
    /// When the key was made.
    CreatedAt,
    /// When it ends.
    ExpiresAt,
    /// When it was last used; never comes first.
    LastUsedAt,
}

impl Sort {
    fn column(self) -> &'static str {
        match self {
            Self::Name => "name COLLATE NOCASE",
            Self::CreatedAt => "created_at",
            Self::ExpiresAt => "expires_at",
            Self::LastUsedAt => "last_used_at",
        }
    }
}

/// A page and where it lies.
#[derive(Debug, Deserialize)]
pub struct Keys {
    /// The keys.
    pub items: Vec<ApiKeyRecord>,
    /// How many there are on all pages.
    pub total: u32,
}

const WITH: &str = concat!(
    "WITH own AS MATERIALIZED (SELECT rowid AS seq, * FROM api_keys WHERE user_id = ",
    presenter!("?1"),
    "), total AS (SELECT count(*) AS n FROM own) \
     SELECT json_object('total', (SELECT n FROM total), 'items', json((\
       SELECT json_group_array(json(item)) FROM (SELECT ",
    api_key_json!(),
    " AS item FROM own ORDER BY "
);

const LIMIT: &str =
    "LIMIT ?2 OFFSET ?2 * max(0, min(?3 - 1, ((SELECT n FROM total) - 1) / ?2))))))";

impl Batch for List {
    type Output = Keys;

    fn statements(&self) -> Vec<Statement> {
        let direction = if self.descending { " DESC, seq DESC " } else { ", seq " };
        let sql = [WITH, self.sort.column(), direction, LIMIT].concat();
        vec![Statement::new(sql, [self.secret_hash.into(), self.limit.into(), self.page.into()])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Keys, StoreError> {
        Ok(outcomes.one()?.unwrap_or(Keys { items: Vec::new(), total: 0 }))
    }
}

use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;

use super::SignupToken;
use super::record::token_json;
use crate::{Batch, Outcomes, StoreError};

/// A page of tokens.
///
/// All of them are walked along the index of the order and counted by a maintained counter. Those that
/// have not expired are few, since none lives longer than a month: they are read and ordered.
pub struct List {
    /// Which page, from 1; past the end gives the last one.
    pub page: u32,
    /// Tokens a page, 1–100.
    pub limit: u32,
    /// Order.
    pub sort: Sort,
    /// Whether the order is descending.
    pub descending: bool,
    /// Whether those that have expired are told as well.
    pub include_expired: bool,
    /// Now.
    pub at: Timestamp,
}

/// A column that the list may be ordered by. Ties are in the order of making.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// When the token was made.
    CreatedAt,
    /// When it ends.
    ExpiresAt,
    /// How many people may sign up with it.
    UsageLimit,
    /// How many did.
    UsageCount,
}

/// A page and where it lies.
#[derive(Debug)]
pub struct Page {
    /// The tokens.
    pub items: Vec<SignupToken>,
    /// How many there are on all pages.
    pub total: u32,
}

/// The first row has the total alone, the others have a token each: a page as one value could be larger
/// than a value may be.
#[derive(Deserialize)]
struct Row {
    total: u32,
    item: Option<SignupToken>,
}

impl Sort {
    fn column(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::ExpiresAt => "expires_at",
            Self::UsageLimit => "usage_limit",
            Self::UsageCount => "usage_count",
        }
    }
}

/// What the page is cut from, and how many there are.
const EVERY: [&str; 2] =
    ["signup_tokens", "total AS (SELECT value AS n FROM counters WHERE name = 'signupTokens')"];

const UNEXPIRED: [&str; 2] = [
    "unexpired",
    "unexpired AS MATERIALIZED (SELECT seq, created_at, expires_at, usage_limit, usage_count \
       FROM signup_tokens WHERE expires_at > ?3), \
     total AS (SELECT count(*) AS n FROM unexpired)",
];

impl Batch for List {
    type Output = Page;

    fn statements(&self) -> Vec<Statement> {
        let [source, with] = if self.include_expired { EVERY } else { UNEXPIRED };
        let (column, token) = (self.sort.column(), token_json!("?3"));
        let direction = if self.descending { "DESC" } else { "ASC" };
        let sql = format!(
            "WITH {with}, page AS MATERIALIZED (\
               SELECT seq FROM {source} ORDER BY {column} {direction}, seq {direction} \
               LIMIT ?1 OFFSET ?1 * max(0, min(?2 - 1, ((SELECT n FROM total) - 1) / ?1))) \
             SELECT json_object('total', (SELECT n FROM total)) \
             UNION ALL SELECT json_object('total', 0, 'item', json(item)) FROM (\
               SELECT {token} AS item FROM page CROSS JOIN signup_tokens t USING (seq) \
               ORDER BY t.{column} {direction}, t.seq {direction} LIMIT -1)"
        );
        let at = self.at.as_ms();
        vec![Statement::new(sql, [self.limit.into(), self.page.into(), at.into()])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Page, StoreError> {
        let rows: Vec<Row> = outcomes.each()?;
        let total = rows.first().map_or(0, |row| row.total);
        Ok(Page { total, items: rows.into_iter().filter_map(|row| row.item).collect() })
    }
}

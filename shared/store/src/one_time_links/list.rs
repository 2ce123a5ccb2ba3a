use domain::Timestamp;
use platform::Statement;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::flag::flag;
use crate::{Batch, Outcomes, StoreError};

/// A page of one user's links, newest first.
pub struct List {
    /// The user.
    pub user: Uuid,
    /// Which page, from 1; past the end gives the last one.
    pub page: u32,
    /// Links a page, 1–100.
    pub limit: u32,
    /// Now.
    pub at: Timestamp,
}

/// The page, or `None` where there is no such user.
#[derive(Debug, Deserialize)]
pub struct Links {
    /// The links.
    pub items: Vec<Link>,
    /// How many there are on all pages.
    pub total: u32,
}

/// A link as administrators see it: never its token.
#[derive(Debug, Deserialize)]
pub struct Link {
    /// Identifier.
    pub id: Uuid,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Who made it; of one asked for on the sign-in page, whom it is for.
    pub created_by_id: Uuid,
    /// Their username then.
    pub created_by_username: String,
    /// When it was redeemed.
    pub redeemed_at: Option<Timestamp>,
    /// Whether it was mailed.
    #[serde(deserialize_with = "flag")]
    pub mailed: bool,
    /// Whether only the browser that asked for it may redeem it.
    #[serde(deserialize_with = "flag")]
    pub device_bound: bool,
    /// What has become of it.
    pub state: LinkState,
}

/// What has become of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkState {
    /// It can be redeemed.
    Active,
    /// It was redeemed.
    Redeemed,
    /// An administrator revoked it.
    Revoked,
    /// Its time is over.
    Expired,
}

const PAGE: &str = "WITH total AS (SELECT count(*) AS n FROM one_time_links WHERE user_id = ?1) \
    SELECT json_object('total', (SELECT n FROM total), 'items', json((\
      SELECT json_group_array(json(link)) FROM (\
        SELECT json_object('id', id, 'created_at', created_at, 'expires_at', expires_at, \
          'created_by_id', created_by_id, 'created_by_username', created_by_username, \
          'redeemed_at', redeemed_at, 'mailed', mailed, \
          'device_bound', device_hash IS NOT NULL, 'state', CASE \
            WHEN redeemed_at IS NOT NULL THEN 'redeemed' \
            WHEN revoked_at IS NOT NULL THEN 'revoked' \
            WHEN expires_at <= ?4 THEN 'expired' ELSE 'active' END) AS link \
        FROM one_time_links WHERE user_id = ?1 ORDER BY created_at DESC \
        LIMIT ?2 OFFSET ?2 * max(0, min(?3 - 1, ((SELECT n FROM total) - 1) / ?2)))))) \
    WHERE EXISTS (SELECT 1 FROM users WHERE id = ?1)";

impl Batch for List {
    type Output = Option<Links>;

    fn statements(&self) -> Vec<Statement> {
        vec![Statement::new(
            PAGE,
            [
                self.user.to_string().into(),
                self.limit.into(),
                self.page.into(),
                self.at.as_ms().into(),
            ],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        outcomes.one()
    }
}

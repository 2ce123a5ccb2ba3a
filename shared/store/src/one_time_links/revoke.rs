use platform::Statement;
use uuid::Uuid;

use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Revokes an active link. A link that was redeemed, revoked or has expired stays as it is.
pub struct Revoke {
    /// The link.
    pub link: Uuid,
    /// Whose it must be.
    pub user: Uuid,
    /// Who revokes it.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revoked {
    /// The user has the link, and nobody can redeem it any more.
    Inactive,
    /// The user has no such link.
    Unknown,
}

const ENTRY: &str = insert_audit_entry!(
    "?7, ?8, u.id, u.username",
    "FROM one_time_links l JOIN users u ON u.id = l.user_id \
     WHERE l.id = ?9 AND l.user_id = ?10 AND l.redeemed_at IS NULL AND l.revoked_at IS NULL \
       AND l.expires_at > ?2"
);

impl Batch for Revoke {
    type Output = Revoked;

    fn statements(&self) -> Vec<Statement> {
        let link = self.link.to_string();
        let user = self.user.to_string();
        vec![
            self.entry.statement(
                ENTRY,
                Event::OneTimeLinkRevoked,
                [
                    self.origin.actor_id.to_string().into(),
                    self.origin.actor_username.as_str().into(),
                    link.as_str().into(),
                    user.as_str().into(),
                ],
            ),
            Statement::new(
                "UPDATE one_time_links SET revoked_at = ?2 \
                 WHERE id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?3)",
                [
                    link.as_str().into(),
                    self.entry.at.as_ms().into(),
                    self.entry.id.to_string().into(),
                ],
            ),
            Statement::new(
                "SELECT json('true') FROM one_time_links WHERE id = ?1 AND user_id = ?2",
                [link.into(), user.into()],
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Revoked, StoreError> {
        outcomes.skip()?;
        outcomes.skip()?;
        Ok(if outcomes.happened()? { Revoked::Inactive } else { Revoked::Unknown })
    }
}

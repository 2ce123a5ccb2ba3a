use domain::Timestamp;
use platform::Statement;
use uuid::Uuid;

use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Makes a link for a user, and forgets a few that ended long ago, so that links need no cleaner.
/// `None`: there is no such user, and no link was made.
pub struct Mint {
    /// A fresh identifier.
    pub id: Uuid,
    /// Whom it lets in.
    pub user: Uuid,
    /// SHA-256 of its token.
    pub token_hash: SecretHash,
    /// Who makes it.
    pub origin: Origin,
    /// When it ends.
    pub expires_at: Timestamp,
    /// The audit entry.
    pub entry: Entry,
}

/// A link just made.
#[derive(Debug)]
pub struct Minted;

const LINK: &str = "INSERT INTO one_time_links \
    (id, user_id, token_hash, created_by_id, created_by_username, created_at, expires_at) \
    SELECT ?1, u.id, ?3, ?4, ?5, ?6, ?7 FROM users u WHERE u.id = ?2 RETURNING id";

const ENTRY: &str = insert_audit_entry!(
    "l.created_by_id, l.created_by_username, u.id, u.username",
    "FROM one_time_links l JOIN users u ON u.id = l.user_id WHERE l.id = ?7"
);

/// Four at most, that ended more than 90 days ago: so long it may be asked what has become of one.
const SWEEP: &str = "DELETE FROM one_time_links WHERE id IN (SELECT id FROM one_time_links \
    WHERE expires_at < ?1 - 7776000000 ORDER BY expires_at LIMIT 4)";

impl Batch for Mint {
    type Output = Option<Minted>;

    fn statements(&self) -> Vec<Statement> {
        let id = self.id.to_string();
        vec![
            Statement::new(
                LINK,
                [
                    id.as_str().into(),
                    self.user.to_string().into(),
                    self.token_hash.into(),
                    self.origin.actor_id.to_string().into(),
                    self.origin.actor_username.as_str().into(),
                    self.entry.at.as_ms().into(),
                    self.expires_at.as_ms().into(),
                ],
            ),
            self.entry.statement(ENTRY, Event::OneTimeLinkCreated, [id.into()]),
            Statement::new(SWEEP, [self.entry.at.as_ms().into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Option<Minted>, StoreError> {
        let made = outcomes.happened()?;
        outcomes.skip()?;
        outcomes.skip()?;
        Ok(made.then_some(Minted))
    }
}

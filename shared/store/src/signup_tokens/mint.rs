use domain::{Timestamp, UsageLimit};
use platform::Statement;
use uuid::Uuid;

use super::SignupToken;
use super::record::{token_facts, token_json};
use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::users::{Origin, UNKNOWN_GROUPS};
use crate::{Batch, Outcomes, SecretHash, StoreError};

/// Makes a token, unless a group does not exist.
pub struct Mint {
    /// A fresh identifier.
    pub id: Uuid,
    /// SHA-256 of its token.
    pub token_hash: SecretHash,
    /// How many people may sign up with it.
    pub usage_limit: UsageLimit,
    /// The groups that they will belong to; none: the default ones.
    pub groups: Vec<Uuid>,
    /// Who makes it.
    pub origin: Origin,
    /// When it ends.
    pub expires_at: Timestamp,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug)]
pub enum Minted {
    /// The token exists.
    Done(Box<SignupToken>),
    /// These groups do not exist; nothing was written.
    UnknownGroups(Vec<Uuid>),
}

/// The token is the deciding row; its groups and the entry ask for it.
const TOKEN: &str = "INSERT INTO signup_tokens (id, token_hash, created_by_id, \
      created_by_username, created_at, expires_at, usage_limit, own_groups) \
    SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, json_array_length(?8) > 0 \
    WHERE NOT EXISTS (SELECT 1 FROM json_each(?8) WHERE NOT EXISTS \
      (SELECT 1 FROM user_groups g WHERE g.id = value))";

const GROUPS: &str = "INSERT INTO signup_token_groups (token_id, group_id) \
    SELECT DISTINCT t.id, j.value FROM signup_tokens t CROSS JOIN json_each(?2) j WHERE t.id = ?1";

const ENTRY: &str = insert_audit_entry!(
    "t.created_by_id, t.created_by_username, NULL, NULL",
    token_facts!(),
    "FROM signup_tokens t WHERE t.id = ?7"
);

const READ_BACK: &str =
    concat!("SELECT ", token_json!("?2"), " FROM signup_tokens t WHERE t.id = ?1");

impl Mint {
    fn token(&self, groups: &str) -> Statement {
        Statement::new(
            TOKEN,
            [
                self.id.to_string().into(),
                self.token_hash.into(),
                self.origin.actor_id.to_string().into(),
                self.origin.actor_username.as_str().into(),
                self.entry.at.as_ms().into(),
                self.expires_at.as_ms().into(),
                self.usage_limit.get().into(),
                groups.into(),
            ],
        )
    }
}

impl Batch for Mint {
    type Output = Minted;

    fn statements(&self) -> Vec<Statement> {
        let id = self.id.to_string();
        let groups = serde_json::json!(self.groups).to_string();
        vec![
            Statement::new(UNKNOWN_GROUPS, [groups.as_str().into()]),
            self.token(&groups),
            Statement::new(GROUPS, [id.as_str().into(), groups.into()]),
            self.entry.statement(ENTRY, Event::SignupTokenCreated, [id.as_str().into()]),
            Statement::new(READ_BACK, [id.into(), self.entry.at.as_ms().into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Minted, StoreError> {
        let unknown = outcomes.list()?;
        for _ in 0..3 {
            outcomes.skip()?;
        }
        let token = outcomes.one()?;
        Ok(token.map_or(Minted::UnknownGroups(unknown), |token| Minted::Done(Box::new(token))))
    }
}

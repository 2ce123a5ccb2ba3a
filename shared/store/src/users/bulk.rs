use platform::Statement;
use serde::Deserialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::Origin;
use super::delete::owned_by_directory;
use super::guard::{Guard, managed};
use super::update::before_json;
use crate::audit::{Entry, Event};
use crate::user_groups::ldap_managed;
use crate::{Batch, Outcomes, StoreError};

/// Does the same to many users: to each of them, or to none of them when the database fails. What
/// a guard stands against is left out and said so.
pub struct Bulk {
    /// Whom, each once, with a fresh identifier for the audit entry.
    pub users: Vec<(Uuid, Uuid)>,
    /// What.
    pub act: Act,
    /// Who does it.
    pub origin: Origin,
    /// What the audit entries have in common; its identifier is not used.
    pub entry: Entry,
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Lets them in again.
    Enable,
    /// Shuts them out and ends their sessions.
    Disable,
    /// Deletes them and all that is theirs.
    Delete,
    /// Makes them members of this group.
    AddToGroup(Uuid),
}

/// What came of one user, in the order they were named.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct BulkOutcome {
    /// Whom.
    pub id: Uuid,
    /// What.
    #[serde(rename = "outcome")]
    pub done: BulkDone,
    /// What stands against it, if it is refused.
    pub guard: Option<Guard>,
    /// Where their picture was, if they had one.
    pub picture_hash: Option<String>,
}

/// What came of one user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkDone {
    /// It is done.
    Done,
    /// It was so already.
    Unchanged,
    /// A guard stands against it.
    Refused,
    /// There is no such user.
    Unknown,
}

/// Each user named (`?1`, pairs of user and entry) with what will come of it. `?2` who acts, `?3`
/// the group.
///
/// Whoever acts is never touched, so as long as they can administrate somebody is left who can; if
/// they were demoted meanwhile, somebody else must be left.
fn outcomes(act: Act) -> String {
    let (unchanged, ldap) = match act {
        Act::Enable => ("u.disabled = 0", managed!()),
        Act::Disable => ("u.disabled = 1", managed!()),
        Act::Delete => ("0", owned_by_directory!()),
        Act::AddToGroup(_) => (
            "EXISTS (SELECT 1 FROM user_group_members m WHERE m.user_id = u.id AND m.group_id = ?3)",
            "0",
        ),
    };
    let removes = if matches!(act, Act::Disable | Act::Delete) { "1" } else { "0" };
    format!(
        "SELECT json_extract(p.value, '$[0]') AS id, json_extract(p.value, '$[1]') AS entry, \
         p.key AS place, u.picture_hash, CASE WHEN u.id IS NULL THEN 'unknown' \
         WHEN {unchanged} THEN 'unchanged' \
         WHEN {removes} AND u.id = ?2 THEN 'own_account' \
         WHEN {removes} AND u.is_admin AND NOT u.disabled AND NOT EXISTS (SELECT 1 FROM users a \
           WHERE a.is_admin = 1 AND a.disabled = 0 AND (a.id = ?2 OR a.id NOT IN \
             (SELECT json_extract(value, '$[0]') FROM json_each(?1)))) THEN 'last_admin' \
         WHEN {ldap} THEN 'ldap' ELSE 'done' END AS outcome \
         FROM json_each(?1) p LEFT JOIN users u ON u.id = json_extract(p.value, '$[0]')"
    )
}

const OF_THESE: &str = "(SELECT e.user_id FROM json_each(?1) p \
    CROSS JOIN audit_entries e ON e.id = json_extract(p.value, '$[1]'))";

const NOTE_AFTER: &str = concat!(
    "UPDATE audit_entries SET data = json_set(data, '$.after', (SELECT ",
    before_json!(),
    " FROM users u WHERE u.id = audit_entries.user_id)) \
     WHERE id IN (SELECT json_extract(value, '$[1]') FROM json_each(?1))"
);

/// What the entry says of a user before the act, or of the group `?3` that they enter.
fn facts(act: Act) -> &'static str {
    match act {
        Act::AddToGroup(_) => concat!(
            "(SELECT json_set(?8, '$.userGroupId', g.id, '$.userGroup', g.name, '$.ldapManaged', iif(",
            ldap_managed!(),
            ", 'true', 'false'), '$.usersAdded', '' || json_array(u.id), '$.usersAddedCount', '1', \
             '$.usersRemoved', '[]', '$.usersRemovedCount', '0') FROM user_groups g WHERE g.id = ?3)"
        ),
        _ => concat!("json_set(?8, '$.before', ", before_json!(), ")"),
    }
}

impl Bulk {
    fn pairs(&self) -> String {
        json!(self.users).to_string()
    }

    fn statement(&self, sql: String) -> Statement {
        Statement::new(
            sql,
            [
                self.pairs().into(),
                self.origin.actor_id.to_string().into(),
                match self.act {
                    Act::AddToGroup(group) => group.to_string().into(),
                    _ => platform::Value::Null,
                },
            ],
        )
    }

    fn say(&self) -> Statement {
        self.statement(format!(
            "SELECT json_group_array(json_object('id', id, 'picture_hash', picture_hash, \
             'outcome', iif(outcome IN ('done', 'unchanged', 'unknown'), outcome, 'refused'), \
             'guard', iif(outcome IN ('done', 'unchanged', 'unknown'), NULL, outcome))) \
             FROM (SELECT * FROM ({}) ORDER BY place) \
             WHERE ?3 IS NULL OR EXISTS (SELECT 1 FROM user_groups WHERE id = ?3)",
            outcomes(self.act)
        ))
    }

    fn event(&self) -> Event {
        match self.act {
            Act::Enable | Act::Disable => Event::UserUpdated,
            Act::Delete => Event::UserDeleted,
            Act::AddToGroup(_) => Event::UserGroupMembersChanged,
        }
    }

    /// One entry for each user that something is done to; whatever is done hangs on them.
    fn decide(&self) -> Statement {
        let outcomes = outcomes(self.act);
        let sql = format!(
            "INSERT INTO audit_entries (id, created_at, event, ip_address, user_agent, data, \
             actor_id, actor_username, user_id, username) \
             SELECT o.entry, ?4, ?5, ?6, ?7, {facts}, \
             ?2, ?9, u.id, u.username \
             FROM ({outcomes}) o CROSS JOIN users u ON u.id = o.id WHERE o.outcome = 'done' \
               AND (?3 IS NULL OR EXISTS (SELECT 1 FROM user_groups WHERE id = ?3))",
            facts = facts(self.act)
        );
        let mut statement = self.statement(sql);
        statement.parameters.extend([
            self.entry.at.as_ms().into(),
            self.event().as_str().into(),
            self.entry.client.ip_address.as_str().into(),
            self.entry.client.user_agent.as_str().into(),
            Json::Object(self.entry.data.clone()).to_string().into(),
            self.origin.actor_username.as_str().into(),
        ]);
        statement
    }

    fn act(&self) -> Vec<Statement> {
        let pairs = || [self.pairs().into(), self.entry.at.as_ms().into()];
        match self.act {
            Act::Enable => vec![
                Statement::new(
                    format!(
                        "UPDATE users SET disabled = 0, updated_at = ?2 WHERE id IN {OF_THESE}"
                    ),
                    pairs(),
                ),
                Statement::new(NOTE_AFTER, [self.pairs().into()]),
            ],
            Act::Disable => vec![
                Statement::new(
                    format!(
                        "UPDATE users SET disabled = 1, updated_at = ?2 WHERE id IN {OF_THESE}"
                    ),
                    pairs(),
                ),
                Statement::new(
                    format!("DELETE FROM sessions WHERE user_id IN {OF_THESE}"),
                    [self.pairs().into()],
                ),
                Statement::new(NOTE_AFTER, [self.pairs().into()]),
            ],
            Act::Delete => vec![Statement::new(
                format!("DELETE FROM users WHERE id IN {OF_THESE}"),
                [self.pairs().into()],
            )],
            Act::AddToGroup(group) => vec![Statement::new(
                format!(
                    "INSERT INTO user_group_members (user_id, group_id) \
                     SELECT user_id, ?2 FROM {OF_THESE}"
                ),
                [self.pairs().into(), group.to_string().into()],
            )],
        }
    }
}

impl Batch for Bulk {
    /// Empty: there is no such group.
    type Output = Vec<BulkOutcome>;

    fn statements(&self) -> Vec<Statement> {
        let mut statements = vec![self.say(), self.decide()];
        statements.extend(self.act());
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        let said = outcomes.list()?;
        for _ in 0..=self.act().len() {
            outcomes.skip()?;
        }
        Ok(said)
    }
}

use platform::Statement;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use uuid::Uuid;

use super::Action;
use crate::{Batch, Outcomes, StoreError};

/// What a run is to change, or changed, in a fixed order.
pub struct ChangesOf {
    /// The run.
    pub run: Uuid,
    /// Of one action alone.
    pub action: Option<Action>,
    /// After this one.
    pub after: Option<(Action, String, String)>,
    /// How many at most.
    pub limit: u32,
}

/// Changes of a run that exists.
#[derive(Debug)]
pub struct Changes {
    /// Whether there is such a run.
    pub run_exists: bool,
    /// The page.
    pub changes: Vec<ChangeRecord>,
}

/// A change.
#[derive(Debug, Clone, Deserialize)]
pub struct ChangeRecord {
    /// `user`, `group` or `admin`.
    pub kind: String,
    /// What it does.
    pub action: Action,
    /// The entry's unique identifier.
    pub ldap_id: String,
    /// Where the entry stands; empty where it is gone.
    pub dn: String,
    /// Username, or the group's name.
    pub name: Option<String>,
    /// The user or group; `None` before it is made.
    pub target_id: Option<Uuid>,
    /// Before and after, by field.
    pub changes: Map<String, Json>,
    /// Why it is a conflict.
    pub problem: Option<Json>,
}

const LIST: &str = "SELECT json_object('kind', c.kind, 'action', c.action, 'ldap_id', c.ldap_id, \
      'dn', c.dn, 'name', c.name, \
      'target_id', iif(c.action = 'create' AND c.applied = 0, NULL, c.target_id), \
      'changes', json(c.changes), \
      'problem', json(c.problem)) FROM ldap_changes c \
    WHERE c.run_id = ?1 AND c.action <> 'keep' \
      AND (c.action, c.kind, c.ldap_id) > (?2, ?3, ?4) \
    ORDER BY c.action, c.kind, c.ldap_id LIMIT ?5";

const LIST_OF_ACTION: &str = "SELECT json_object('kind', c.kind, 'action', c.action, \
      'ldap_id', c.ldap_id, 'dn', c.dn, 'name', c.name, \
      'target_id', iif(c.action = 'create' AND c.applied = 0, NULL, c.target_id), \
      'changes', json(c.changes), 'problem', json(c.problem)) FROM ldap_changes c \
    WHERE c.run_id = ?1 AND c.action = ?2 AND (c.kind, c.ldap_id) > (?3, ?4) \
    ORDER BY c.action, c.kind, c.ldap_id LIMIT ?5";

const RUN: &str = "SELECT json(1) FROM ldap_runs WHERE id = ?1";

fn word(action: Action) -> String {
    serde_json::to_value(action)
        .ok()
        .and_then(|it| it.as_str().map(str::to_owned))
        .unwrap_or_default()
}

impl Batch for ChangesOf {
    type Output = Changes;

    fn statements(&self) -> Vec<Statement> {
        let run = self.run.to_string();
        let (action, kind, ldap_id) = match &self.after {
            Some((action, kind, ldap_id)) => (word(*action), kind.clone(), ldap_id.clone()),
            None => Default::default(),
        };
        let (sql, action) = match self.action {
            Some(only) => (LIST_OF_ACTION, word(only)),
            None => (LIST, action),
        };
        vec![
            Statement::new(RUN, [run.as_str().into()]),
            Statement::new(
                sql,
                [run.into(), action.into(), kind.into(), ldap_id.into(), self.limit.into()],
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Changes, StoreError> {
        let run: Option<u8> = outcomes.one()?;
        Ok(Changes { run_exists: run.is_some(), changes: outcomes.each()? })
    }
}

use domain::GroupNames;
use platform::Statement;
use uuid::Uuid;

use super::record::group_facts;
use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Makes a group without members. `false`: its name is taken, and nothing was written.
pub struct Create {
    /// A fresh identifier.
    pub id: Uuid,
    /// What it is called.
    pub names: GroupNames,
    /// Who makes it.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

/// Of several attempts at one name at once the first leaves its identifier.
const GROUP: &str = "INSERT INTO user_groups (id, name, friendly_name, created_at, updated_at) \
    SELECT ?1, ?2, ?3, ?4, ?4 WHERE NOT EXISTS (SELECT 1 FROM user_groups WHERE name = ?2) \
    RETURNING id";

const ENTRY: &str = insert_audit_entry!(
    "?7, ?8, NULL, NULL",
    concat!("json_set(?6, '$.userGroupId', g.id, '$.after', ", group_facts!(), ")"),
    "FROM user_groups g WHERE g.id = ?9"
);

impl Batch for Create {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let id = self.id.to_string();
        let group = [
            id.as_str().into(),
            self.names.name.as_str().into(),
            self.names.friendly_name.as_str().into(),
            self.entry.at.as_ms().into(),
        ];
        let who = [
            self.origin.actor_id.to_string().into(),
            self.origin.actor_username.as_str().into(),
            id.into(),
        ];
        vec![
            Statement::new(GROUP, group),
            self.entry.statement(ENTRY, Event::UserGroupCreated, who),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        let made = outcomes.happened()?;
        outcomes.skip()?;
        Ok(made)
    }
}

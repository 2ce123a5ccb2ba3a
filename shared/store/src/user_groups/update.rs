use domain::GroupNames;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::record::{group_facts, ldap_managed};
use crate::audit::{Entry, Event};
use crate::flag::flag;
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Renames a group: wholly or not at all.
pub struct Update {
    /// The group.
    pub id: Uuid,
    /// What it shall be called.
    pub names: GroupNames,
    /// Who renames it.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of renaming. Unless it is done, nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Updated {
    /// It is called so now.
    Done,
    /// There is no such group.
    Unknown,
    /// The directory owns it.
    Managed,
    /// Another group has this name.
    Taken,
}

#[derive(Deserialize)]
struct Obstacles {
    #[serde(deserialize_with = "flag")]
    managed: bool,
    #[serde(deserialize_with = "flag")]
    taken: bool,
}

const OBSTACLES: &str = concat!(
    "SELECT json_object('managed', ",
    ldap_managed!(),
    ", 'taken', EXISTS (SELECT 1 FROM user_groups WHERE name = ?2 AND id <> ?1)) \
     FROM user_groups g WHERE g.id = ?1"
);

/// The entry decides. There is none when the group is called so already.
const DECIDE: &str = insert_audit_entry!(
    "?7, ?8, NULL, NULL",
    concat!(
        "json_set(?6, '$.userGroupId', g.id, '$.before', ",
        group_facts!(),
        ", '$.after', '' || json_object('friendlyName', ?11, 'name', ?10))"
    ),
    concat!(
        "FROM user_groups g WHERE g.id = ?9 AND NOT ",
        ldap_managed!(),
        " AND NOT EXISTS (SELECT 1 FROM user_groups WHERE name = ?10 AND id <> ?9) \
          AND (g.name COLLATE BINARY <> ?10 OR g.friendly_name COLLATE BINARY <> ?11)"
    )
);

const RENAME: &str = "UPDATE user_groups SET name = ?2, friendly_name = ?3, updated_at = ?4 \
    WHERE id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?5)";

impl Batch for Update {
    type Output = Updated;

    fn statements(&self) -> Vec<Statement> {
        let id = self.id.to_string();
        let (name, friendly_name) = (self.names.name.as_str(), self.names.friendly_name.as_str());
        let decide = [
            self.origin.actor_id.to_string().into(),
            self.origin.actor_username.as_str().into(),
            id.as_str().into(),
            name.into(),
            friendly_name.into(),
        ];
        vec![
            Statement::new(OBSTACLES, [id.as_str().into(), name.into()]),
            self.entry.statement(DECIDE, Event::UserGroupUpdated, decide),
            Statement::new(
                RENAME,
                [
                    id.into(),
                    name.into(),
                    friendly_name.into(),
                    self.entry.at.as_ms().into(),
                    self.entry.id.to_string().into(),
                ],
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Updated, StoreError> {
        let obstacles: Option<Obstacles> = outcomes.one()?;
        outcomes.skip()?;
        outcomes.skip()?;
        Ok(match obstacles {
            None => Updated::Unknown,
            Some(Obstacles { managed: true, .. }) => Updated::Managed,
            Some(Obstacles { taken: true, .. }) => Updated::Taken,
            Some(_) => Updated::Done,
        })
    }
}

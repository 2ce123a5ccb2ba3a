use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::record::{group_facts, ldap_managed};
use crate::audit::{Entry, Event};
use crate::flag::flag;
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Deletes a group with its memberships and claims, and from the groups that new accounts get, which
/// a trigger sees to. Its members stay.
pub struct Delete {
    /// The group.
    pub id: Uuid,
    /// Who deletes it.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of deleting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleted {
    /// It is gone.
    Done,
    /// There was no such group.
    Unknown,
    /// The directory owns it; nothing was written.
    Managed,
}

#[derive(Deserialize)]
struct Obstacle {
    #[serde(deserialize_with = "flag")]
    managed: bool,
}

const OBSTACLE: &str = concat!(
    "SELECT json_object('managed', ",
    ldap_managed!(),
    ") FROM user_groups g WHERE g.id = ?1"
);

const DECIDE: &str = insert_audit_entry!(
    "?7, ?8, NULL, NULL",
    concat!(
        "json_patch(json_set(?6, '$.userGroupId', g.id, '$.userCount', '' || g.user_count), \
           iif(c.value IS NULL, json_object('before', ",
        group_facts!(),
        "), json_object(\
             'before', '' || json_set(",
        group_facts!(),
        ", '$.signupDefaultUserGroupIDs', c.value), \
             'after', '' || json_object('signupDefaultUserGroupIDs', (\
               SELECT '' || json_group_array(d.value) FROM json_each(c.value) d \
               WHERE d.value <> g.id)))))"
    ),
    concat!(
        "FROM user_groups g LEFT JOIN configuration c ON c.key = 'signupDefaultUserGroupIDs' \
           AND EXISTS (SELECT 1 FROM json_each(c.value) d WHERE d.value = g.id) \
         WHERE g.id = ?9 AND NOT ",
        ldap_managed!()
    )
);

impl Batch for Delete {
    type Output = Deleted;

    fn statements(&self) -> Vec<Statement> {
        let id = self.id.to_string();
        let decide = [
            self.origin.actor_id.to_string().into(),
            self.origin.actor_username.as_str().into(),
            id.as_str().into(),
        ];
        vec![
            Statement::new(OBSTACLE, [id.as_str().into()]),
            self.entry.statement(DECIDE, Event::UserGroupDeleted, decide),
            Statement::new(
                "DELETE FROM user_groups \
                 WHERE id = ?1 AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?2)",
                [id.into(), self.entry.id.to_string().into()],
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Deleted, StoreError> {
        let obstacle: Option<Obstacle> = outcomes.one()?;
        outcomes.skip()?;
        outcomes.skip()?;
        Ok(match obstacle {
            None => Deleted::Unknown,
            Some(Obstacle { managed: true }) => Deleted::Managed,
            Some(_) => Deleted::Done,
        })
    }
}

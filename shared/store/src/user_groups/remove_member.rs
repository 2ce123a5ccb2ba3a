use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::record::ldap_managed;
use crate::audit::{Entry, Event};
use crate::flag::flag;
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Takes one user out of a group. Taking out who is not in it changes nothing.
pub struct RemoveMember {
    /// The group.
    pub group: Uuid,
    /// The user.
    pub user: Uuid,
    /// Who takes them out.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    /// The user does not belong to the group.
    Done,
    /// There is no such group.
    UnknownGroup,
    /// There is no such user.
    UnknownUser,
}

#[derive(Deserialize)]
struct Known {
    #[serde(deserialize_with = "flag")]
    group: bool,
    #[serde(deserialize_with = "flag")]
    user: bool,
}

const KNOWN: &str = "SELECT json_object('group', EXISTS (SELECT 1 FROM user_groups WHERE id = ?1), \
    'user', EXISTS (SELECT 1 FROM users WHERE id = ?2))";

const DECIDE: &str = insert_audit_entry!(
    "?7, ?8, u.id, u.username",
    concat!(
        "json_set(?6, '$.userGroupId', g.id, '$.userGroup', g.name, '$.ldapManaged', iif(",
        ldap_managed!(),
        ", 'true', 'false'), '$.usersAdded', '[]', '$.usersAddedCount', '0', \
         '$.usersRemoved', '' || json_array(u.id), '$.usersRemovedCount', '1')"
    ),
    "FROM user_group_members m JOIN user_groups g ON g.id = m.group_id \
     JOIN users u ON u.id = m.user_id WHERE m.group_id = ?9 AND m.user_id = ?10"
);

const REMOVE: &str = "DELETE FROM user_group_members WHERE group_id = ?1 AND user_id = ?2 \
    AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?3)";

impl Batch for RemoveMember {
    type Output = Removed;

    fn statements(&self) -> Vec<Statement> {
        let (group, user) = (self.group.to_string(), self.user.to_string());
        let decide = [
            self.origin.actor_id.to_string().into(),
            self.origin.actor_username.as_str().into(),
            group.as_str().into(),
            user.as_str().into(),
        ];
        vec![
            Statement::new(KNOWN, [group.as_str().into(), user.as_str().into()]),
            self.entry.statement(DECIDE, Event::UserGroupMembersChanged, decide),
            Statement::new(REMOVE, [group.into(), user.into(), self.entry.id.to_string().into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Removed, StoreError> {
        let known: Option<Known> = outcomes.one()?;
        outcomes.skip()?;
        outcomes.skip()?;
        Ok(match known {
            Some(Known { group: true, user: true }) => Removed::Done,
            Some(Known { group: true, .. }) => Removed::UnknownUser,
            _ => Removed::UnknownGroup,
        })
    }
}

use platform::Statement;

use super::{
    Applied, at_hand, at_moment, close, closed, ids_at_hand, know, memberships, on_run, take,
};
use crate::ldap::{Kind, Lease};
use crate::{Batch, Outcomes, StoreError};

/// Applies the next changes of groups, each with all its members.
pub struct ApplyGroups {
    /// Who works.
    pub lease: Lease,
    /// How many at most.
    pub limit: u32,
}

const NAME_TAKEN: &str = concat!(
    "UPDATE ldap_changes AS c INDEXED BY ldap_changes_at_hand SET action = 'conflict', \
       problem = json_object('code', 'nameTaken', 'with', c.name) WHERE ",
    at_hand!("group", "?1"),
    " AND c.action IN ('create', 'update') AND EXISTS (SELECT 1 FROM user_groups g \
       WHERE g.name = c.name COLLATE BINARY AND g.ldap_id IS NOT c.ldap_id)"
);

const AUDIT: &str = concat!(
    "INSERT INTO audit_entries (id, created_at, event, ip_address, user_agent, data, \
       actor_id, actor_username) \
     SELECT c.entry_id, ?2, CASE c.action WHEN 'create' THEN 'USER_GROUP_CREATED' \
         WHEN 'delete' THEN 'USER_GROUP_DELETED' ELSE iif(c.changes ->> 'name' IS NULL, \
           'USER_GROUP_MEMBERS_CHANGED', 'USER_GROUP_UPDATED') END, '', '', \
       json_object('ldapRun', c.run_id, 'action', c.action, 'groupId', c.target_id, \
         'name', c.name, 'changes', c.changes), \
       coalesce(r.approved_by_id, r.started_by_id), \
       coalesce(r.approved_by_username, r.started_by_username) \
     FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand CROSS JOIN ldap_runs r ON r.id = c.run_id WHERE ",
    at_hand!("group", "?1"),
    " AND c.action NOT IN ('conflict', 'keep') AND (c.action = 'create' \
       OR EXISTS (SELECT 1 FROM user_groups g WHERE g.ldap_id = c.ldap_id))"
);

const UPDATE: &str = concat!(
    "UPDATE user_groups SET name = c.name, friendly_name = c.display_name, updated_at = ?2 \
     FROM ldap_changes c INDEXED BY ldap_changes_at_hand WHERE ",
    at_hand!("group", "?1"),
    " AND c.action = 'update' AND user_groups.ldap_id = c.ldap_id"
);

const CREATE: &str = concat!(
    "INSERT INTO user_groups (id, name, friendly_name, ldap_id, created_at, updated_at) \
     SELECT c.target_id, c.name, c.display_name, c.ldap_id, ?2, ?2 FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand WHERE ",
    at_hand!("group", "?1"),
    " AND c.action = 'create'"
);

const DELETE: &str =
    concat!("DELETE FROM user_groups WHERE ldap_id IN ", ids_at_hand!("group", "'delete'"));

const FORGET: &str = concat!(
    "DELETE FROM ldap_entries WHERE kind = 'group' AND ldap_id IN (\
       SELECT c.ldap_id FROM ldap_changes c INDEXED BY ldap_changes_at_hand WHERE ",
    at_hand!("group", "?1"),
    " AND c.digest IS NULL)"
);

impl Batch for ApplyGroups {
    type Output = Applied;

    fn statements(&self) -> Vec<Statement> {
        let lease = &self.lease;
        let mut statements = take(lease, Kind::Group, self.limit).to_vec();
        statements.push(on_run(lease, NAME_TAKEN));
        statements.extend([AUDIT, UPDATE, CREATE].map(|sql| at_moment(lease, sql)));
        statements.extend([DELETE, FORGET].map(|sql| on_run(lease, sql)));
        statements.extend(know(lease, Kind::Group));
        statements.extend(memberships::of_groups(lease));
        statements.extend(close(lease, "group"));
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Applied, StoreError> {
        for _ in 0..19 {
            outcomes.skip()?;
        }
        closed(outcomes, Vec::new())
    }
}

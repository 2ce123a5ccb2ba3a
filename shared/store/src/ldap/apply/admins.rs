use platform::Statement;
use serde_json::json;
use uuid::Uuid;

use super::{Applied, OURS, at_hand, at_moment, close, closed};
use crate::ldap::{Lease, holds};
use crate::{Batch, Outcomes, StoreError};

/// Makes the members of a group administrators, and other users of the directory none, some at a time;
/// whether or not it was foreseen.
/// Where no group of the directory has the name nobody is changed; an enabled administrator always
/// stays.
pub struct ApplyAdmins {
    /// Who works.
    pub lease: Lease,
    /// The group's name.
    pub group: String,
    /// Fresh identifiers for audit entries; that many are changed at most, each way.
    pub ids: Vec<Uuid>,
}

/// What was foreseen of a user becomes what is done; what was done once in a run is not done again.
macro_rules! also_if_foreseen {
    () => {
        " ON CONFLICT (run_id, kind, ldap_id) DO UPDATE SET action = excluded.action, \
           applied = 2, entry_id = excluded.entry_id, target_id = excluded.target_id, \
           name = excluded.name WHERE ldap_changes.applied = 0"
    };
}

const GRANT: &str = concat!(
    "INSERT INTO ldap_changes (run_id, kind, ldap_id, bucket, action, applied, entry_id, \
       target_id, dn, dn_key, name) \
     SELECT ?1, 'admin', n.ldap_id, 0, 'grantAdmin', 2, j.value, n.id, '', '', n.username FROM (\
       SELECT u.ldap_id, u.id, u.username, row_number() OVER () AS place FROM user_groups g \
       CROSS JOIN user_group_members m ON m.group_id = g.id \
       CROSS JOIN users u ON u.id = m.user_id \
       WHERE g.name = ?3 AND g.ldap_id IS NOT NULL AND u.is_admin = 0 AND u.ldap_id IS NOT NULL \
         AND u.disabled = 0 LIMIT json_array_length(?4) / 2) n \
     CROSS JOIN json_each(?4) j ON j.key = n.place - 1 WHERE ",
    holds!("?1", "?2"),
    also_if_foreseen!()
);

const REVOKE: &str = concat!(
    "INSERT INTO ldap_changes (run_id, kind, ldap_id, bucket, action, applied, entry_id, \
       target_id, dn, dn_key, name) \
     SELECT ?1, 'admin', n.ldap_id, 0, 'revokeAdmin', 2, j.value, n.id, '', '', n.username FROM (\
       SELECT u.ldap_id, u.id, u.username, row_number() OVER () AS place FROM users u \
       WHERE u.is_admin = 1 AND u.ldap_id IS NOT NULL AND NOT EXISTS (\
         SELECT 1 FROM user_groups g CROSS JOIN user_group_members m \
           ON m.user_id = u.id AND m.group_id = g.id WHERE g.name = ?3 AND g.ldap_id IS NOT NULL) \
       LIMIT json_array_length(?4) / 2) n \
     CROSS JOIN json_each(?4) j ON j.key = json_array_length(?4) / 2 + n.place - 1 \
     WHERE EXISTS (SELECT 1 FROM user_groups g WHERE g.name = ?3 AND g.ldap_id IS NOT NULL) \
       AND EXISTS (SELECT 1 FROM users a WHERE a.is_admin = 1 AND a.disabled = 0 \
         AND (a.ldap_id IS NULL OR EXISTS (SELECT 1 FROM user_groups g \
           CROSS JOIN user_group_members m ON m.user_id = a.id AND m.group_id = g.id \
           WHERE g.name = ?3 AND g.ldap_id IS NOT NULL))) AND ",
    holds!("?1", "?2"),
    also_if_foreseen!()
);

const AUDIT: &str = concat!(
    "INSERT INTO audit_entries (id, created_at, event, ip_address, user_agent, data, \
       actor_id, actor_username, user_id, username) \
     SELECT c.entry_id, ?2, 'USER_UPDATED', '', '', \
       json_object('ldapRun', c.run_id, 'action', c.action), \
       coalesce(r.approved_by_id, r.started_by_id), \
       coalesce(r.approved_by_username, r.started_by_username), c.target_id, c.name \
     FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand CROSS JOIN ldap_runs r ON r.id = c.run_id WHERE ",
    at_hand!("admin", "?1")
);

const CHANGE: &str = concat!(
    "UPDATE users SET is_admin = c.action = 'grantAdmin', updated_at = ?2 FROM ldap_changes c \
       INDEXED BY ldap_changes_at_hand WHERE ",
    at_hand!("admin", "?1"),
    " AND users.ldap_id = c.ldap_id"
);

impl Batch for ApplyAdmins {
    type Output = Applied;

    fn statements(&self) -> Vec<Statement> {
        let [run, lease, _] = self.lease.parameters();
        let ids = json!(self.ids).to_string();
        let choose = [run, lease, self.group.as_str().into(), ids.into()];
        let mut statements = vec![
            Statement::new(OURS, []),
            Statement::new(GRANT, choose.clone()),
            Statement::new(REVOKE, choose),
            at_moment(&self.lease, AUDIT),
            at_moment(&self.lease, CHANGE),
        ];
        statements.extend(close(&self.lease, "admin"));
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Applied, StoreError> {
        for _ in 0..5 {
            outcomes.skip()?;
        }
        closed(outcomes, Vec::new())
    }
}

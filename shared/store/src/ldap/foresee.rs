//! Who will administrate once a plan is applied, for whoever looks at it before: the members that the
//! administrators' group will name, among the users that there will be. What is applied is found anew
//! (`ApplyAdmins`), from what is there by then.

use platform::Statement;

use super::{Lease, holds};

/// The administrators' group as it will be, if there will be one: its unique identifier, and whether its
/// members are those that were staged. `?1` the run, `?3` the group's name.
macro_rules! admin_group {
    () => {
        "admin_group (ldap_id, is_staged) AS (\
           SELECT c.ldap_id, 1 FROM ldap_changes c WHERE c.run_id = ?1 AND c.kind = 'group' \
             AND c.name = ?3 AND c.name = ?3 COLLATE BINARY AND c.digest IS NOT NULL \
             AND c.action IN ('create', 'update', 'keep') \
           UNION ALL \
           SELECT g.ldap_id, 0 FROM user_groups g WHERE g.name = ?3 AND g.ldap_id IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM ldap_changes c WHERE c.run_id = ?1 \
               AND c.kind = 'group' AND c.ldap_id = g.ldap_id AND c.action <> 'conflict'))"
    };
}

/// True of a user with this DN and this username whom that group will name.
macro_rules! is_named {
    ($dn:literal, $name:literal) => {
        concat!(
            "EXISTS (SELECT 1 FROM admin_group a WHERE iif(a.is_staged, \
               EXISTS (SELECT 1 FROM ldap_change_members s WHERE s.run_id = ?1 \
                 AND s.group_id = a.ldap_id AND s.member IN (",
            $dn,
            ", lower(",
            $name,
            ")) AND (s.member = ",
            $dn,
            " OR s.name IS NOT NULL)), \
               EXISTS (SELECT 1 FROM ldap_members m WHERE m.group_id = a.ldap_id \
                 AND m.member IN (",
            $dn,
            ", lower(",
            $name,
            ")) AND (m.member = ",
            $dn,
            " OR m.name IS NOT NULL))))"
        )
    };
}

macro_rules! insert {
    ($action:literal) => {
        concat!(
            "INSERT OR IGNORE INTO ldap_changes (run_id, kind, ldap_id, bucket, action, entry_id, \
               target_id, dn, dn_key, name) SELECT ?1, 'admin', n.ldap_id, 0, '",
            $action,
            "', '', n.id, '', '', n.username FROM "
        )
    };
}

/// Those whose entry is new or differs.
const GRANT_STAGED: &str = concat!(
    "WITH ",
    admin_group!(),
    " ",
    insert!("grantAdmin"),
    "(SELECT c.ldap_id, u.id, c.name AS username FROM ldap_changes c \
       LEFT JOIN users u ON u.ldap_id = c.ldap_id \
       WHERE c.run_id = ?1 AND c.kind = 'user' AND c.digest IS NOT NULL \
         AND c.action IN ('create', 'update', 'enable', 'keep') \
         AND coalesce(u.is_admin, 0) = 0 \
         AND (c.action IN ('create', 'enable') OR u.disabled = 0) AND ",
    is_named!("c.dn_key", "c.name"),
    ") n WHERE ",
    holds!("?1", "?2")
);

/// True of a user `u` whose entry is as it was.
macro_rules! is_unstaged {
    () => {
        "NOT EXISTS (SELECT 1 FROM ldap_changes c WHERE c.run_id = ?1 AND c.kind = 'user' \
           AND c.ldap_id = u.ldap_id AND c.action <> 'conflict')"
    };
}

const GRANT_KNOWN: &str = concat!(
    "WITH ",
    admin_group!(),
    ", named (member, name) AS (\
       SELECT s.member, s.name FROM admin_group a CROSS JOIN ldap_change_members s \
         ON s.run_id = ?1 AND s.group_id = a.ldap_id WHERE a.is_staged \
       UNION ALL \
       SELECT m.member, m.name FROM admin_group a CROSS JOIN ldap_members m \
         ON m.group_id = a.ldap_id WHERE NOT a.is_staged) ",
    insert!("grantAdmin"),
    "(SELECT u.ldap_id, u.id, u.username FROM named m \
       CROSS JOIN ldap_entries e ON e.kind = 'user' AND e.dn_key = m.member \
       CROSS JOIN users u ON u.ldap_id = e.ldap_id \
       WHERE u.is_admin = 0 AND u.disabled = 0 AND ",
    is_unstaged!(),
    " UNION ALL \
       SELECT u.ldap_id, u.id, u.username FROM named m \
       CROSS JOIN users u ON u.username = m.name \
       WHERE m.name IS NOT NULL AND u.ldap_id IS NOT NULL \
         AND u.is_admin = 0 AND u.disabled = 0 AND ",
    is_unstaged!(),
    ") n WHERE ",
    holds!("?1", "?2")
);

/// After both: somebody has to be left.
const REVOKE: &str = concat!(
    "WITH ",
    admin_group!(),
    ", administrators AS (\
       SELECT u.id, u.ldap_id, coalesce(c.name, u.username) AS username, \
         c.action IS 'delete' AS goes, \
         u.disabled OR coalesce(c.action IN ('disable', 'delete'), 0) AS is_out, \
         u.ldap_id IS NULL OR ",
    is_named!("coalesce(nullif(c.dn_key, ''), e.dn_key)", "coalesce(c.name, u.username)"),
    " AS stays \
       FROM users u LEFT JOIN ldap_changes c ON c.run_id = ?1 AND c.kind = 'user' \
         AND c.ldap_id = u.ldap_id AND c.action <> 'conflict' \
       LEFT JOIN ldap_entries e ON e.kind = 'user' AND e.ldap_id = u.ldap_id \
       WHERE u.is_admin = 1) ",
    insert!("revokeAdmin"),
    "administrators n WHERE NOT n.stays AND NOT n.goes AND EXISTS (SELECT 1 FROM admin_group) \
       AND (EXISTS (SELECT 1 FROM administrators o WHERE o.stays AND NOT o.is_out) \
         OR EXISTS (SELECT 1 FROM ldap_changes c WHERE c.run_id = ?1 AND c.action = 'grantAdmin')) \
       AND ",
    holds!("?1", "?2")
);

/// Adds to the plan who becomes an administrator and who is one no longer.
pub(super) fn administrators(lease: &Lease, group: &str) -> [Statement; 3] {
    let [run, lease, _] = lease.parameters();
    let parameters = [run, lease, group.into()];
    [GRANT_STAGED, GRANT_KNOWN, REVOKE].map(|sql| Statement::new(sql, parameters.clone()))
}

//! Who will administrate once a plan is applied, for whoever looks at it before: the members that the
//! administrators' group will have, among the users that there will be. What is applied is found anew
//! (`ApplyAdmins`), from what is there by then.
//!
//! Memberships change with the entry of the user or of the group, so each is foreseen in its own way: those of
//! entries that were staged by what was staged, the others as they are.

use platform::Statement;

use super::{Lease, holds};

/// The unique identifier of the administrators' group, if its entry was staged. `?1` the run, `?3` the name.
///
/// This and the next one are asked once a statement, and by the index that is named: else every group of the
/// run would be read for every user.
macro_rules! staged_group {
    () => {
        "(SELECT c.ldap_id FROM ldap_changes c INDEXED BY ldap_changes_by_name \
           WHERE c.run_id = ?1 AND c.kind = 'group' AND c.name = ?3 \
           AND c.name = ?3 COLLATE BINARY AND c.digest IS NOT NULL \
           AND c.action IN ('create', 'update', 'keep'))"
    };
}

/// The same, if it is here and stays as it is.
macro_rules! known_group {
    () => {
        "(SELECT g.ldap_id FROM user_groups g WHERE g.name = ?3 AND g.ldap_id IS NOT NULL \
           AND NOT EXISTS (SELECT 1 FROM ldap_changes c WHERE c.run_id = ?1 \
             AND c.kind = 'group' AND c.ldap_id = g.ldap_id AND c.action <> 'conflict'))"
    };
}

/// True of a user with this DN and this username whom that group will name.
macro_rules! is_named {
    ($dn:literal, $name:literal) => {
        concat!(
            "(EXISTS (SELECT 1 FROM ldap_change_members s WHERE s.run_id = ?1 AND s.group_id = ",
            staged_group!(),
            " AND s.member IN (",
            $dn,
            ", lower(",
            $name,
            ")) AND (s.member = ",
            $dn,
            " OR s.name IS NOT NULL)) \
               OR EXISTS (SELECT 1 FROM ldap_members m WHERE m.group_id = ",
            known_group!(),
            " AND m.member IN (",
            $dn,
            ", lower(",
            $name,
            ")) AND (m.member = ",
            $dn,
            " OR m.name IS NOT NULL)))"
        )
    };
}

macro_rules! insert {
    ($action:literal) => {
        concat!(
            "INSERT OR IGNORE INTO ldap_changes (run_id, kind, ldap_id, bucket, action, \
               entry_id, target_id, dn, dn_key, name) SELECT ?1, 'admin', n.ldap_id, 0, '",
            $action,
            "', '', n.id, '', '', n.username FROM "
        )
    };
}

/// Those whose entry is new or differs.
const GRANT_STAGED: &str = concat!(
    insert!("grantAdmin"),
    "(SELECT c.ldap_id, u.id, c.name AS username FROM ldap_changes c \
       LEFT JOIN users u ON u.ldap_id = c.ldap_id \
       WHERE c.run_id = ?1 AND c.kind = 'user' AND c.digest IS NOT NULL \
         AND c.action IN ('create', 'update', 'enable', 'keep') \
         AND coalesce(u.is_admin, 0) = 0 \
         AND (c.action IN ('create', 'enable') OR u.disabled = 0) AND ",
    is_named!("c.dn_key", "c.name"),
    ") n WHERE ?3 <> '' AND ",
    holds!("?1", "?2")
);

/// Those whose entry is as it was.
const GRANT_KNOWN: &str = concat!(
    "WITH members (id) AS (\
       SELECT u.id FROM ldap_change_members s \
         CROSS JOIN ldap_entries e ON e.kind = 'user' AND e.dn_key = s.member \
         CROSS JOIN users u ON u.ldap_id = e.ldap_id WHERE s.run_id = ?1 AND s.group_id = ",
    staged_group!(),
    " UNION ALL \
       SELECT u.id FROM ldap_change_members s CROSS JOIN users u ON u.username = s.name \
         WHERE s.name IS NOT NULL AND s.run_id = ?1 AND s.group_id = ",
    staged_group!(),
    " UNION ALL \
       SELECT m.user_id FROM user_groups g CROSS JOIN user_group_members m ON m.group_id = g.id \
         WHERE g.ldap_id = ",
    known_group!(),
    ") ",
    insert!("grantAdmin"),
    "(SELECT u.ldap_id, u.id, u.username FROM members m CROSS JOIN users u ON u.id = m.id \
       WHERE u.ldap_id IS NOT NULL AND u.is_admin = 0 AND u.disabled = 0 \
         AND NOT EXISTS (SELECT 1 FROM ldap_changes c WHERE c.run_id = ?1 \
           AND c.kind = 'user' AND c.ldap_id = u.ldap_id AND c.action <> 'conflict')) n \
     WHERE ?3 <> '' AND ",
    holds!("?1", "?2")
);

/// After both: somebody has to be left. Whoever is gone and had been shut out before is forgotten, DN and all.
const REVOKE: &str = concat!(
    "WITH administrators AS (\
       SELECT u.id, u.ldap_id, coalesce(c.name, u.username) AS username, \
         c.action IS 'delete' AS goes, \
         CASE WHEN c.action = 'enable' THEN 0 WHEN c.action IN ('disable', 'delete') THEN 1 \
           ELSE u.disabled END AS is_out, \
         CASE WHEN u.ldap_id IS NULL THEN 1 WHEN c.digest IS NOT NULL THEN ",
    is_named!("c.dn_key", "c.name"),
    " WHEN ",
    staged_group!(),
    " IS NOT NULL THEN ",
    is_named!("iif(c.action = 'keep', NULL, e.dn_key)", "u.username"),
    " ELSE EXISTS (SELECT 1 FROM user_groups g CROSS JOIN user_group_members m \
           ON m.user_id = u.id AND m.group_id = g.id WHERE g.name = ?3 AND g.ldap_id IS NOT NULL) \
         END AS stays \
       FROM users u LEFT JOIN ldap_changes c ON c.run_id = ?1 AND c.kind = 'user' \
         AND c.ldap_id = u.ldap_id AND c.action <> 'conflict' \
       LEFT JOIN ldap_entries e ON e.kind = 'user' AND e.ldap_id = u.ldap_id \
       WHERE u.is_admin = 1) ",
    insert!("revokeAdmin"),
    "administrators n WHERE ?3 <> '' AND NOT n.stays AND NOT n.goes AND coalesce(",
    staged_group!(),
    ", ",
    known_group!(),
    ") IS NOT NULL AND (EXISTS (SELECT 1 FROM administrators o WHERE o.stays AND NOT o.is_out) \
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

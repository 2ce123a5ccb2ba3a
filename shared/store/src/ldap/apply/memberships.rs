//! Who belongs to which group: every user whom a group's entry names, by the DN of their entry or,
//! where no entry has that DN, by username. Groups of the directory alone; others are left as they are.

use platform::Statement;

use super::{at_hand, on_run};
use crate::ldap::Lease;

/// True where the members `$m` name the user `u` by a username, and no entry by its DN.
macro_rules! by_name {
    ($m:literal) => {
        concat!(
            $m,
            ".name = lower(u.username) AND NOT EXISTS (SELECT 1 FROM ldap_entries o \
             WHERE o.kind = 'user' AND o.dn_key = ",
            $m,
            ".member)"
        )
    };
}

/// True of a membership of the user `u`, in the group `g`, that the directory does not know.
macro_rules! surplus {
    () => {
        concat!(
            "NOT EXISTS (SELECT 1 FROM ldap_entries e CROSS JOIN ldap_members d \
               ON d.group_id = g.ldap_id AND d.member = e.dn_key \
               WHERE e.kind = 'user' AND e.ldap_id = u.ldap_id) \
             AND NOT EXISTS (SELECT 1 FROM ldap_members d WHERE u.ldap_id IS NOT NULL \
               AND d.group_id = g.ldap_id AND ",
            by_name!("d"),
            ")"
        )
    };
}

const COUNT_ADDED: &str = "UPDATE ldap_runs SET counts = json_set(counts, '$.\"membership.add\"', \
    coalesce(counts ->> '$.\"membership.add\"', 0) + changes()) WHERE id = ?1";
const COUNT_REMOVED: &str = "UPDATE ldap_runs SET counts = json_set(counts, \
    '$.\"membership.remove\"', coalesce(counts ->> '$.\"membership.remove\"', 0) + changes()) \
    WHERE id = ?1";

const OF_USERS_BY_DN: &str = concat!(
    "INSERT OR IGNORE INTO user_group_members (user_id, group_id, username) \
     SELECT u.id, g.id, u.username FROM ldap_changes c INDEXED BY ldap_changes_at_hand \
     CROSS JOIN ldap_members m ON m.member = c.dn_key \
     CROSS JOIN user_groups g ON g.ldap_id = m.group_id \
     CROSS JOIN users u ON u.ldap_id = c.ldap_id \
     WHERE ",
    at_hand!("user", "?1"),
    " AND c.action IN ('create', 'update', 'enable', 'keep') AND c.digest IS NOT NULL"
);

const OF_USERS_BY_NAME: &str = concat!(
    "INSERT OR IGNORE INTO user_group_members (user_id, group_id, username) \
     SELECT u.id, g.id, u.username FROM ldap_changes c INDEXED BY ldap_changes_at_hand \
     CROSS JOIN users u ON u.ldap_id = c.ldap_id \
     CROSS JOIN ldap_members m ON ",
    by_name!("m"),
    " CROSS JOIN user_groups g ON g.ldap_id = m.group_id \
     WHERE m.name IS NOT NULL AND ",
    at_hand!("user", "?1"),
    " AND c.action IN ('create', 'update', 'enable', 'keep') AND c.digest IS NOT NULL"
);

const SURPLUS_OF_USERS: &str = concat!(
    "DELETE FROM user_group_members WHERE (user_id, group_id) IN (\
       SELECT u.id, g.id FROM ldap_changes c INDEXED BY ldap_changes_at_hand \
       CROSS JOIN users u ON u.ldap_id = c.ldap_id \
       CROSS JOIN user_group_members m ON m.user_id = u.id \
       CROSS JOIN user_groups g ON g.id = m.group_id \
       WHERE ",
    at_hand!("user", "?1"),
    " AND c.action IN ('create', 'update', 'enable', 'keep') AND c.digest IS NOT NULL \
       AND g.ldap_id IS NOT NULL AND ",
    surplus!(),
    ")"
);

/// Brings the memberships of the users at hand in line.
pub(super) fn of_users(lease: &Lease) -> [Statement; 6] {
    [OF_USERS_BY_DN, COUNT_ADDED, OF_USERS_BY_NAME, COUNT_ADDED, SURPLUS_OF_USERS, COUNT_REMOVED]
        .map(|sql| on_run(lease, sql))
}

const NAMES_GONE: &str = concat!(
    "DELETE FROM ldap_members WHERE (group_id, member) IN (\
       SELECT m.group_id, m.member FROM ldap_changes c INDEXED BY ldap_changes_at_hand \
       CROSS JOIN ldap_members m ON m.group_id = c.ldap_id WHERE ",
    at_hand!("group", "?1"),
    " AND c.digest IS NOT NULL AND c.action <> 'conflict' \
       AND NOT EXISTS (SELECT 1 FROM ldap_change_members s WHERE s.run_id = ?1 \
         AND s.group_id = m.group_id AND s.member = m.member))"
);

const NAMES: &str = concat!(
    "INSERT INTO ldap_members (group_id, member, name) \
     SELECT s.group_id, s.member, s.name FROM ldap_changes c INDEXED BY ldap_changes_at_hand \
     CROSS JOIN ldap_change_members s ON s.run_id = ?1 AND s.group_id = c.ldap_id WHERE ",
    at_hand!("group", "?1"),
    " AND c.action <> 'conflict' \
     ON CONFLICT (group_id, member) DO UPDATE SET name = excluded.name \
     WHERE ldap_members.name IS NOT excluded.name"
);

const OF_GROUPS_BY_DN: &str = concat!(
    "INSERT OR IGNORE INTO user_group_members (user_id, group_id, username) \
     SELECT u.id, g.id, u.username FROM ldap_changes c INDEXED BY ldap_changes_at_hand \
     CROSS JOIN user_groups g ON g.ldap_id = c.ldap_id \
     CROSS JOIN ldap_members m ON m.group_id = c.ldap_id \
     CROSS JOIN ldap_entries e ON e.kind = 'user' AND e.dn_key = m.member \
     CROSS JOIN users u ON u.ldap_id = e.ldap_id WHERE ",
    at_hand!("group", "?1")
);

const OF_GROUPS_BY_NAME: &str = concat!(
    "INSERT OR IGNORE INTO user_group_members (user_id, group_id, username) \
     SELECT u.id, g.id, u.username FROM ldap_changes c INDEXED BY ldap_changes_at_hand \
     CROSS JOIN user_groups g ON g.ldap_id = c.ldap_id \
     CROSS JOIN ldap_members m ON m.group_id = c.ldap_id \
     CROSS JOIN users u ON u.username = m.name AND ",
    by_name!("m"),
    " WHERE u.ldap_id IS NOT NULL AND m.name IS NOT NULL AND ",
    at_hand!("group", "?1")
);

const SURPLUS_OF_GROUPS: &str = concat!(
    "DELETE FROM user_group_members WHERE (user_id, group_id) IN (\
       SELECT u.id, g.id FROM ldap_changes c INDEXED BY ldap_changes_at_hand \
       CROSS JOIN user_groups g ON g.ldap_id = c.ldap_id \
       CROSS JOIN user_group_members m ON m.group_id = g.id \
       CROSS JOIN users u ON u.id = m.user_id WHERE ",
    at_hand!("group", "?1"),
    " AND c.action IN ('create', 'update', 'keep') AND ",
    surplus!(),
    ")"
);

/// Brings the memberships of the groups at hand in line, after what their entries name.
pub(super) fn of_groups(lease: &Lease) -> [Statement; 8] {
    [
        NAMES_GONE,
        NAMES,
        OF_GROUPS_BY_DN,
        COUNT_ADDED,
        OF_GROUPS_BY_NAME,
        COUNT_ADDED,
        SURPLUS_OF_GROUPS,
        COUNT_REMOVED,
    ]
    .map(|sql| on_run(lease, sql))
}

use platform::Statement;
use uuid::Uuid;

use super::record::ldap_managed;
use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Changes who belongs to a group, or to which groups a user belongs: all of it or nothing, and
/// only the difference is written.
pub struct ChangeMembers {
    /// Whose set is changed.
    pub side: Side,
    /// The users of the group, or the groups of the user; naming one twice is naming it once.
    pub ids: Vec<Uuid>,
    /// What becomes of those not named.
    pub extent: Extent,
    /// Who changes it.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

/// Whose set is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The members of this group.
    OfGroup(Uuid),
    /// The groups of this user.
    OfUser(Uuid),
}

/// What becomes of those not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// They go.
    Replace,
    /// They stay.
    Add,
}

/// What came of the change. Unless it is done, nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// The set is as asked for.
    Done,
    /// There is no such group or user.
    UnknownOwner,
    /// These users or groups do not exist: the first hundred.
    Unknown(Vec<Uuid>),
}

/// The statements of a side, in order.
struct Statements {
    owner: &'static str,
    unknown: &'static str,
    decide: &'static str,
    leave: &'static str,
    enter: &'static str,
}

/// `$own` and `$other` are the owner's and the others' columns of the membership, `$others` the
/// others' table. `decide` takes `?9` the owner, `?10` the others as a JSON array, `?11` whether
/// those not named go; it lists at most a hundred of each, and counts all.
macro_rules! statements {
    ($own:literal, $owners:literal, $other:literal, $others:literal, $who:literal, $facts:expr,
     $added:literal, $removed:literal, $from:literal, $enter:literal) => {
        Statements {
            owner: concat!("SELECT json('true') FROM ", $owners, " WHERE id = ?1"),
            unknown: concat!(
                "SELECT json_group_array(id) FROM (SELECT value AS id FROM json_each(?1) \
                 WHERE NOT EXISTS (SELECT 1 FROM ", $others, " x WHERE x.id = value) LIMIT 100)"
            ),
            decide: concat!(
                "WITH named AS MATERIALIZED (SELECT DISTINCT value AS id FROM json_each(?10)), \
                 entering AS MATERIALIZED (SELECT id FROM named WHERE NOT EXISTS (\
                   SELECT 1 FROM user_group_members WHERE ", $own, " = ?9 AND ", $other,
                " = named.id)), \
                 leaving AS MATERIALIZED (SELECT ", $other, " AS id FROM user_group_members \
                   WHERE ?11 AND ", $own, " = ?9 AND ", $other, " NOT IN (SELECT id FROM named)) ",
                insert_audit_entry!(
                    $who,
                    concat!(
                        "json_set(?6, ", $facts,
                        "'$.", $added, "', (SELECT '' || json_group_array(id) \
                             FROM (SELECT id FROM entering LIMIT 100)), \
                           '$.", $added, "Count', (SELECT '' || count(*) FROM entering), \
                           '$.", $removed, "', (SELECT '' || json_group_array(id) \
                             FROM (SELECT id FROM leaving LIMIT 100)), \
                           '$.", $removed, "Count', (SELECT '' || count(*) FROM leaving))"
                    ),
                    concat!(
                        $from,
                        " AND NOT EXISTS (SELECT 1 FROM named WHERE NOT EXISTS (\
                            SELECT 1 FROM ", $others, " x WHERE x.id = named.id)) \
                          AND (EXISTS (SELECT 1 FROM entering) OR EXISTS (SELECT 1 FROM leaving))"
                    )
                )
            ),
            leave: concat!(
                "DELETE FROM user_group_members WHERE ", $own, " = ?1 AND ?4 AND ", $other,
                " NOT IN (SELECT value FROM json_each(?2)) \
                  AND EXISTS (SELECT 1 FROM audit_entries WHERE id = ?3)"
            ),
            enter: concat!(
                "INSERT INTO user_group_members (user_id, group_id, username) \
                 SELECT u.id, g.id, u.username FROM json_each(?2) ", $enter,
                " WHERE EXISTS (SELECT 1 FROM audit_entries WHERE id = ?3) \
                 ON CONFLICT DO NOTHING"
            ),
        }
    };
}

const OF_GROUP: Statements = statements!(
    "group_id",
    "user_groups",
    "user_id",
    "users",
    "?7, ?8, o.id, o.username",
    concat!(
        "'$.userGroupId', g.id, '$.userGroup', g.name, '$.ldapManaged', iif(",
        ldap_managed!(),
        ", 'true', 'false'), "
    ),
    "usersAdded",
    "usersRemoved",
    // Of one user the entry is theirs, so that their own log has it.
    "FROM user_groups g LEFT JOIN users o ON o.id = (SELECT iif(count(*) = 1, max(id), NULL) \
       FROM (SELECT id FROM entering UNION ALL SELECT id FROM leaving)) WHERE g.id = ?9",
    "CROSS JOIN users u ON u.id = value JOIN user_groups g ON g.id = ?1"
);

const OF_USER: Statements = statements!(
    "user_id",
    "users",
    "group_id",
    "user_groups",
    "?7, ?8, u.id, u.username",
    "",
    "userGroupsAdded",
    "userGroupsRemoved",
    "FROM users u WHERE u.id = ?9",
    "CROSS JOIN user_groups g ON g.id = value JOIN users u ON u.id = ?1"
);

impl Batch for ChangeMembers {
    type Output = Changed;

    fn statements(&self) -> Vec<Statement> {
        let (sql, owner) = match self.side {
            Side::OfGroup(id) => (OF_GROUP, id.to_string()),
            Side::OfUser(id) => (OF_USER, id.to_string()),
        };
        let ids = serde_json::json!(self.ids).to_string();
        let (entry, replace) = (self.entry.id.to_string(), self.extent == Extent::Replace);
        let decide = [
            self.origin.actor_id.to_string().into(),
            self.origin.actor_username.as_str().into(),
            owner.as_str().into(),
            ids.as_str().into(),
            replace.into(),
        ];
        let write = [owner.as_str().into(), ids.as_str().into(), entry.into(), replace.into()];
        vec![
            Statement::new(sql.owner, [owner.into()]),
            Statement::new(sql.unknown, [ids.into()]),
            self.entry.statement(sql.decide, Event::UserGroupMembersChanged, decide),
            Statement::new(sql.leave, write.clone()),
            Statement::new(sql.enter, write.into_iter().take(3).collect::<Vec<_>>()),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Changed, StoreError> {
        let owner = outcomes.happened()?;
        let unknown: Vec<Uuid> = outcomes.list()?;
        for _ in 0..3 {
            outcomes.skip()?;
        }
        Ok(match (owner, unknown.is_empty()) {
            (false, _) => Changed::UnknownOwner,
            (true, false) => Changed::Unknown(unknown),
            (true, true) => Changed::Done,
        })
    }
}

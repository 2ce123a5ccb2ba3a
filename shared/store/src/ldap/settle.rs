use std::collections::BTreeMap;

use platform::Statement;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::{Lease, Reason, State, foresee, holds};
use crate::audit::{Entry, Event};
use crate::flag::flag;
use crate::sql::insert_audit_entry;
use crate::{Batch, Outcomes, StoreError};

/// Counts what a run that has read everything is to change. `None`: the lease has gone.
///
/// Before, groups whose entries came again without a difference become changes that nobody sees, and
/// the others learn how many members they have and will have, and who will administrate is foreseen.
pub struct FactsOf {
    /// Who works.
    pub lease: Lease,
    /// The group that says who administrates; empty: none does.
    pub admin_group: String,
}

/// What a plan is judged by.
#[derive(Debug, Default, Deserialize)]
pub struct Facts {
    /// Changes by kind and action, `user.create` say.
    pub counts: BTreeMap<String, u64>,
    /// Users here that came from the directory and have not gone from it.
    pub known_users: u64,
    /// Groups here that came from it.
    pub known_groups: u64,
    /// Groups that had members and will have none.
    pub emptied_groups: u64,
    /// Whether the group that says who administrates goes, gets another name or loses all members.
    #[serde(deserialize_with = "flag")]
    pub admin_group_goes: bool,
    /// Whether an enabled administrator is left.
    #[serde(deserialize_with = "flag")]
    pub administrator_stays: bool,
}

/// True of a group's change `c` whose members are as they were.
macro_rules! same_members {
    () => {
        "NOT EXISTS (SELECT 1 FROM ldap_change_members s WHERE s.run_id = c.run_id \
           AND s.group_id = c.ldap_id AND NOT EXISTS (SELECT 1 FROM ldap_members m \
             WHERE m.group_id = s.group_id AND m.member = s.member AND m.name IS s.name)) \
         AND NOT EXISTS (SELECT 1 FROM ldap_members m WHERE m.group_id = c.ldap_id \
           AND NOT EXISTS (SELECT 1 FROM ldap_change_members s WHERE s.run_id = c.run_id \
             AND s.group_id = m.group_id AND s.member = m.member))"
    };
}

const KEEP_THE_SAME: &str = concat!(
    "UPDATE ldap_changes AS c SET action = 'keep' WHERE c.run_id = ?1 AND c.kind = 'group' \
       AND c.action = 'update' AND c.changes = '{}' AND ",
    same_members!(),
    " AND ",
    holds!("?1", "?2")
);

const COUNT_MEMBERS: &str = concat!(
    "UPDATE ldap_changes AS c SET changes = json_set(c.changes, '$.members', json_object(\
       'before', iif(c.action = 'create', NULL, (SELECT count(*) FROM ldap_members m \
         WHERE m.group_id = c.ldap_id) || ''), \
       'after', (SELECT count(*) FROM ldap_change_members s WHERE s.run_id = c.run_id \
         AND s.group_id = c.ldap_id) || '')) \
     WHERE c.run_id = ?1 AND c.kind = 'group' AND c.action IN ('create', 'update') AND NOT (",
    same_members!(),
    ") AND ",
    holds!("?1", "?2")
);

const FACTS: &str = "SELECT json_object(\
    'counts', json((SELECT json_group_object(kind || '.' || action, n) FROM (\
      SELECT kind, action, count(*) AS n FROM ldap_changes WHERE run_id = ?1 \
      GROUP BY action, kind))), \
    'known_users', coalesce((SELECT value FROM counters WHERE name = 'users.isLdap'), 0) \
      - (SELECT count(*) FROM ldap_entries INDEXED BY ldap_entries_gone \
        WHERE kind = 'user' AND gone = 1), \
    'known_groups', (SELECT count(*) FROM user_groups WHERE ldap_id > ''), \
    'emptied_groups', (SELECT count(*) FROM ldap_changes c WHERE c.run_id = ?1 \
      AND c.action = 'update' AND c.kind = 'group' AND c.changes ->> '$.members.after' = '0'), \
    'admin_group_goes', EXISTS (SELECT 1 FROM user_groups g CROSS JOIN ldap_changes c \
      ON c.run_id = ?1 AND c.kind = 'group' AND c.ldap_id = g.ldap_id \
      WHERE ?3 <> '' AND g.name = ?3 AND g.ldap_id IS NOT NULL \
        AND (c.action = 'delete' OR c.name <> g.name COLLATE BINARY \
          OR (c.action = 'update' AND c.changes ->> '$.members.after' = '0'))), \
    'administrator_stays', EXISTS (SELECT 1 FROM users a WHERE a.is_admin = 1 AND a.disabled = 0 \
      AND NOT EXISTS (SELECT 1 FROM ldap_changes c WHERE c.run_id = ?1 AND c.kind = 'user' \
        AND c.ldap_id = a.ldap_id AND c.action IN ('disable', 'delete')))) \
    FROM ldap_runs WHERE id = ?1 AND lease = ?2";

impl Batch for FactsOf {
    type Output = Option<Facts>;

    fn statements(&self) -> Vec<Statement> {
        let [run, lease, _] = self.lease.parameters();
        let ours = [run.clone(), lease.clone()];
        let mut statements =
            [KEEP_THE_SAME, COUNT_MEMBERS].map(|sql| Statement::new(sql, ours.clone())).to_vec();
        statements.extend(foresee::administrators(&self.lease, &self.admin_group));
        let facts = [run, lease, self.admin_group.as_str().into()];
        statements.push(Statement::new(FACTS, facts));
        statements
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Option<Facts>, StoreError> {
        for _ in 0..5 {
            outcomes.skip()?;
        }
        outcomes.one()
    }
}

/// Says what becomes of a plan. `false`: the lease has gone.
pub struct Settle {
    /// Who works.
    pub lease: Lease,
    /// Applying, planned or aborted.
    pub state: State,
    /// Why aborted.
    pub reason: Option<Reason>,
    /// Changes by kind and action.
    pub counts: BTreeMap<String, u64>,
    /// How many there are to apply.
    pub total: u64,
    /// The audit entry, of a plan that is held back.
    pub entry: Entry,
}

const SETTLE: &str = "UPDATE ldap_runs SET state = ?4, reason = ?5, counts = ?6, done = 0, \
    total = ?7, finished_at = iif(?4 = 'applying', NULL, ?8), \
    lease = iif(?4 = 'applying', lease, NULL), lease_until = iif(?4 = 'applying', ?3, 0) \
    WHERE id = ?1 AND lease = ?2 AND state = 'reading' RETURNING id";

const ENTRY: &str = insert_audit_entry!(
    "r.started_by_id, r.started_by_username, NULL, NULL",
    "FROM ldap_runs r WHERE r.id = ?7 AND r.state = 'aborted' AND r.finished_at = ?2"
);

impl Batch for Settle {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let mut settle = self.lease.parameters().to_vec();
        settle.extend([
            self.state.as_str().into(),
            self.reason.map(Reason::as_str).into(),
            json!(self.counts).to_string().into(),
            i64::try_from(self.total).unwrap_or(i64::MAX).into(),
            self.entry.at.as_ms().into(),
        ]);
        let mut entry = self.entry.clone();
        entry.data = facts(self.reason, &self.counts);
        let run = self.lease.run.to_string();
        vec![
            Statement::new(SETTLE, settle),
            entry.statement(ENTRY, Event::LdapSyncAborted, [run.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        let happened = outcomes.happened()?;
        outcomes.skip()?;
        Ok(happened)
    }
}

/// What the audit log keeps of a run, as strings.
pub(super) fn facts(reason: Option<Reason>, counts: &BTreeMap<String, u64>) -> Map<String, Json> {
    let seen = counts.iter().filter(|(what, _)| what.rsplit('.').next() != Some("keep"));
    let mut data: Map<_, _> =
        seen.map(|(what, count)| (what.clone(), Json::String(count.to_string()))).collect();
    if let Some(reason) = reason {
        data.insert("reason".to_owned(), Json::String(reason.as_str().to_owned()));
    }
    data
}

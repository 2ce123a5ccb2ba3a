use domain::Timestamp;
use platform::Statement;

use super::PLAN_MS;
use crate::{Batch, Outcomes, StoreError};

/// Clears away some of what runs have staged that nobody can apply any more, and runs that ended three
/// months ago. What runs changed is kept with them; conflicts, which each run finds again, for a day.
/// `true`: there is more of it.
pub struct Sweep {
    /// Now.
    pub at: Timestamp,
}

/// Rows at a time.
const MOST: u32 = 5_000;

/// Three months, in milliseconds.
const KEEP_MS: i64 = 90 * 24 * 60 * 60_000;

/// Runs whose staging is of no further use.
macro_rules! spent {
    () => {
        "SELECT id FROM ldap_runs WHERE swept = 0 AND finished_at IS NOT NULL \
         AND (state IN ('done', 'failed') OR finished_at <= ?1)"
    };
}

const MEMBERS: &str = concat!(
    "DELETE FROM ldap_change_members WHERE (run_id, group_id, member) IN (\
       SELECT run_id, group_id, member FROM ldap_change_members WHERE run_id IN (",
    spent!(),
    ") LIMIT ?2)"
);

const STAGED_BUCKETS: &str = concat!(
    "DELETE FROM ldap_change_buckets WHERE (run_id, kind, bucket) IN (\
       SELECT run_id, kind, bucket FROM ldap_change_buckets WHERE run_id IN (",
    spent!(),
    ") LIMIT ?2)"
);

/// What was not done is no history, but of a plan that was shown.
const STAGED: &str = "DELETE FROM ldap_changes WHERE (run_id, kind, ldap_id) IN (\
    SELECT c.run_id, c.kind, c.ldap_id FROM ldap_changes c \
      INDEXED BY ldap_changes_to_apply WHERE c.applied = 0 AND c.run_id IN (\
        SELECT id FROM ldap_runs WHERE swept = 0 AND finished_at IS NOT NULL \
          AND state = 'failed') LIMIT ?1)";

const CONFLICTS: &str = "DELETE FROM ldap_changes WHERE (run_id, kind, ldap_id) IN (\
    SELECT c.run_id, c.kind, c.ldap_id FROM ldap_changes c WHERE c.action = 'conflict' \
      AND c.run_id IN (SELECT id FROM ldap_runs WHERE swept = 0 AND finished_at <= ?1 \
        AND state = 'done') LIMIT ?2)";

const SWEPT: &str = concat!(
    "UPDATE ldap_runs SET swept = 1 WHERE id IN (",
    spent!(),
    ") AND NOT EXISTS (SELECT 1 FROM ldap_change_members m WHERE m.run_id = ldap_runs.id) \
     AND NOT EXISTS (SELECT 1 FROM ldap_change_buckets b WHERE b.run_id = ldap_runs.id) \
     AND (state <> 'failed' OR NOT EXISTS (\
       SELECT 1 FROM ldap_changes c WHERE c.run_id = ldap_runs.id AND c.applied = 0)) \
     AND (state <> 'done' OR NOT EXISTS (\
       SELECT 1 FROM ldap_changes c WHERE c.run_id = ldap_runs.id AND c.action = 'conflict'))"
);

const MORE: &str = concat!(
    "SELECT json(EXISTS (SELECT 1 FROM ldap_change_members WHERE run_id IN (",
    spent!(),
    ")) OR EXISTS (SELECT 1 FROM ldap_change_buckets WHERE run_id IN (",
    spent!(),
    ")) OR EXISTS (SELECT 1 FROM ldap_changes c INDEXED BY ldap_changes_to_apply \
       WHERE c.applied = 0 AND c.run_id IN (SELECT id FROM ldap_runs \
         WHERE swept = 0 AND finished_at IS NOT NULL AND state = 'failed')))"
);

const OLD: &str = "DELETE FROM ldap_changes WHERE (run_id, kind, ldap_id) IN (\
    SELECT c.run_id, c.kind, c.ldap_id FROM ldap_changes c WHERE c.run_id IN (\
      SELECT id FROM ldap_runs WHERE started_at < ?1 ORDER BY started_at LIMIT 20) LIMIT ?2)";

const OLD_RUNS: &str = "DELETE FROM ldap_runs WHERE id IN (SELECT r.id FROM ldap_runs r \
    WHERE r.started_at < ?1 AND NOT EXISTS (SELECT 1 FROM ldap_changes c WHERE c.run_id = r.id) \
    ORDER BY r.started_at LIMIT 20)";

impl Batch for Sweep {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let spent = self.at.plus_ms(-PLAN_MS).as_ms();
        let old = self.at.plus_ms(-KEEP_MS).as_ms();
        vec![
            Statement::new(MEMBERS, [spent.into(), MOST.into()]),
            Statement::new(STAGED_BUCKETS, [spent.into(), MOST.into()]),
            Statement::new(STAGED, [MOST.into()]),
            Statement::new(CONFLICTS, [spent.into(), MOST.into()]),
            Statement::new(SWEPT, [spent.into()]),
            Statement::new(OLD, [old.into(), MOST.into()]),
            Statement::new(OLD_RUNS, [old.into()]),
            Statement::new(MORE, [spent.into()]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        (0..7).try_for_each(|_| outcomes.skip())?;
        Ok(outcomes.one::<u8>()? == Some(1))
    }
}

use platform::Statement;

use super::{Lease, holds};
use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::{Batch, Outcomes, StoreError};

/// Ends a run that has nothing left to apply: from here on the buckets are known as they were read.
/// `false`: the lease has gone.
pub struct Finish {
    /// Who works.
    pub lease: Lease,
    /// By which settings, and how many entries were read; of a run that found nothing to compare.
    pub mapping: String,
    /// Users of the directory.
    pub users_read: u64,
    /// Groups of the directory.
    pub groups_read: u64,
    /// The audit entry; of a run that changed nothing none is kept.
    pub entry: Entry,
}

/// The indexes are named, because without statistics the primary keys' beginnings look as good.
///
/// A bucket with a conflict, or with an entry that could not be applied, differs until it can.
const BUCKETS: &str = concat!(
    "INSERT INTO ldap_buckets (kind, bucket, digest) \
     SELECT b.kind, b.bucket, b.digest FROM ldap_change_buckets b WHERE b.run_id = ?1 \
       AND NOT EXISTS (SELECT 1 FROM ldap_changes c INDEXED BY ldap_changes_by_bucket \
         WHERE c.run_id = ?1 AND c.kind = b.kind \
         AND c.bucket = b.bucket AND c.action = 'conflict') \
       AND NOT EXISTS (SELECT 1 FROM ldap_entries e INDEXED BY ldap_entries_by_bucket \
         WHERE e.kind = b.kind \
         AND e.bucket = b.bucket AND e.gone = 0 AND e.digest IS NULL) AND ",
    holds!("?1", "?2"),
    " ON CONFLICT (kind, bucket) DO UPDATE SET digest = excluded.digest \
     WHERE ldap_buckets.digest = '?'"
);

/// Not over a blank one: then it was switched off and on meanwhile, and what is known may not hold.
const MAPPING: &str = concat!(
    "UPDATE ldap_state SET mapping = ?3 WHERE id = 1 AND mapping NOT IN (?3, '') AND ",
    holds!("?1", "?2")
);

/// Who was expected to administrate, or not to, and was not made to.
const UNFULFILLED: &str = concat!(
    "DELETE FROM ldap_changes WHERE run_id = ?1 AND kind = 'admin' AND applied = 0 AND ",
    holds!("?1", "?2")
);

const COUNTS: &str = "UPDATE ldap_runs SET counts = json_patch(json_remove(counts, \
      '$.\"admin.grantAdmin\"', '$.\"admin.revokeAdmin\"'), (\
      SELECT json_group_object(kind || '.' || action, n) FROM (\
        SELECT kind, action, count(*) AS n FROM ldap_changes WHERE run_id = ?1 \
        GROUP BY action, kind))) \
    WHERE id = ?1 AND lease = ?2 AND (total > 0 \
      OR EXISTS (SELECT 1 FROM ldap_changes c WHERE c.run_id = ?1 AND c.kind = 'admin'))";

const ENTRY: &str = insert_audit_entry!(
    "coalesce(r.approved_by_id, r.started_by_id), \
     coalesce(r.approved_by_username, r.started_by_username), NULL, NULL",
    "json_object('run', r.id, 'counts', r.counts)",
    "FROM ldap_runs r WHERE r.id = ?7 AND r.lease = ?8 AND (r.total > 0 \
       OR EXISTS (SELECT 1 FROM ldap_changes c WHERE c.run_id = r.id AND c.kind = 'admin'))"
);

const DONE: &str = "UPDATE ldap_runs SET state = 'done', finished_at = ?3, lease = NULL, \
    mapping = ?4, users_read = max(users_read, ?5), groups_read = max(groups_read, ?6), \
    pending = '[]', swept = NOT EXISTS (SELECT 1 FROM ldap_change_buckets b WHERE b.run_id = ?1) \
    WHERE id = ?1 AND lease = ?2 AND finished_at IS NULL RETURNING id";

impl Batch for Finish {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let [run, lease, _] = self.lease.parameters();
        let ours = [run.clone(), lease.clone()];
        let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX).into();
        vec![
            Statement::new(BUCKETS, ours.clone()),
            Statement::new(MAPPING, [run.clone(), lease.clone(), self.mapping.as_str().into()]),
            Statement::new(UNFULFILLED, ours.clone()),
            Statement::new(COUNTS, ours.clone()),
            self.entry.statement(ENTRY, Event::LdapSynced, ours),
            Statement::new(
                DONE,
                [
                    run,
                    lease,
                    self.entry.at.as_ms().into(),
                    self.mapping.as_str().into(),
                    count(self.users_read),
                    count(self.groups_read),
                ],
            ),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        for _ in 0..5 {
            outcomes.skip()?;
        }
        outcomes.happened()
    }
}

use platform::Statement;

use super::{Lease, PLAN_MS};
use crate::audit::{Entry, Event};
use crate::sql::insert_audit_entry;
use crate::users::Origin;
use crate::{Batch, Outcomes, StoreError};

/// Has a plan applied that was held back or only looked at. `false`: it cannot be applied any more,
/// since another one was, or a day has gone by, or another run is under way.
///
/// # Atomicity
/// One batch; the condition stands in the statement, so that of two administrators at once one does it.
pub struct Approve {
    /// The run, and the lease that this request will hold.
    pub lease: Lease,
    /// Who has it applied.
    pub origin: Origin,
    /// The audit entry.
    pub entry: Entry,
}

const APPROVE: &str = "UPDATE ldap_runs SET state = 'applying', finished_at = NULL, lease = ?2, \
      lease_until = ?3, approved_by_id = ?4, approved_by_username = ?5 \
    WHERE id = ?1 AND state IN ('planned', 'aborted') AND finished_at > ?6 \
      AND NOT EXISTS (SELECT 1 FROM ldap_runs WHERE finished_at IS NULL) \
      AND after_plan = (SELECT plans FROM ldap_state WHERE id = 1) \
      AND EXISTS (SELECT 1 FROM configuration WHERE key = 'ldapEnabled' AND value = 'true') \
    RETURNING id";

/// Whatever else changes something of these buckets from here on overwrites the mark; what has changed
/// since the plan was made stands.
const MARK: &str = "UPDATE ldap_buckets SET digest = '?' WHERE (kind, bucket) IN (\
      SELECT kind, bucket FROM ldap_change_buckets WHERE run_id = ?1) AND digest <> '' \
    AND EXISTS (SELECT 1 FROM ldap_runs WHERE id = ?1 AND lease = ?2)";

const ENTRY: &str = insert_audit_entry!(
    "r.approved_by_id, r.approved_by_username, NULL, NULL",
    "json_set(?6, '$.reason', coalesce(r.reason, 'preview'))",
    "FROM ldap_runs r WHERE r.id = ?7 AND r.lease = ?8"
);

impl Batch for Approve {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let [run, lease, until] = self.lease.parameters();
        let since = self.lease.at.plus_ms(-PLAN_MS).as_ms();
        vec![
            Statement::new(
                APPROVE,
                [
                    run.clone(),
                    lease.clone(),
                    until,
                    self.origin.actor_id.to_string().into(),
                    self.origin.actor_username.as_str().into(),
                    since.into(),
                ],
            ),
            Statement::new(MARK, [run.clone(), lease.clone()]),
            self.entry.statement(ENTRY, Event::LdapSyncApproved, [run, lease]),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        let happened = outcomes.happened()?;
        for _ in 0..2 {
            outcomes.skip()?;
        }
        Ok(happened)
    }
}

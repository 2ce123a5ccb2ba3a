use platform::Statement;

use super::Lease;
use crate::{Batch, Outcomes, StoreError};

/// Gives up the lease of a run that has more to do: whoever asks next need not wait for its end.
pub struct Release {
    /// Who worked.
    pub lease: Lease,
}

const RELEASE: &str = "UPDATE ldap_runs SET lease = NULL, lease_until = 0 \
    WHERE id = ?1 AND lease = ?2 AND finished_at IS NULL";

impl Batch for Release {
    type Output = ();

    fn statements(&self) -> Vec<Statement> {
        let [run, lease, _] = self.lease.parameters();
        vec![Statement::new(RELEASE, [run, lease])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<(), StoreError> {
        outcomes.skip()
    }
}

use domain::Timestamp;
use platform::Statement;

use super::Lease;
use crate::{Batch, Outcomes, StoreError};

/// Ends a run that could not read the directory, or whose sync was switched off. What it has not applied
/// yet counts for nothing. `false`: the lease has gone.
pub struct Fail {
    /// Who works.
    pub lease: Lease,
    /// How far it came.
    pub stage: &'static str,
    /// For people.
    pub message: String,
}

const FAIL: &str = "UPDATE ldap_runs SET state = 'failed', finished_at = ?3, lease = NULL, \
    failure = json_object('stage', ?4, 'message', ?5) \
    WHERE id = ?1 AND lease = ?2 AND finished_at IS NULL RETURNING id";

impl Batch for Fail {
    type Output = bool;

    fn statements(&self) -> Vec<Statement> {
        let [run, lease, _] = self.lease.parameters();
        let at = Timestamp::as_ms(self.lease.at).into();
        let parameters = [run, lease, at, self.stage.into(), self.message.as_str().into()];
        vec![Statement::new(FAIL, parameters)]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<bool, StoreError> {
        outcomes.happened()
    }
}

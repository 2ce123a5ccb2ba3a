use store::ldap::{FactsOf, Settle, State};

use super::{Stop, Worker, held};
use crate::plan::judge;

impl Worker<'_> {
    /// Says what becomes of the plan that was staged.
    pub(super) async fn settle(&mut self) -> Result<State, Stop> {
        let facts = FactsOf { lease: self.lease(), admin_group: self.source.admin_group.clone() };
        let facts = self.budget.run(self.call, facts).await?.ok_or(Stop::Lost)?;
        let verdict = judge(&facts, (&self.run).into(), self.source.limits, self.run.trigger);
        let settle = Settle {
            lease: self.lease(),
            state: verdict.state,
            reason: verdict.reason,
            counts: facts.counts,
            total: verdict.total,
            entry: self.entry()?,
        };
        held(self.budget.run(self.call, settle).await?)?;
        self.run.state = verdict.state;
        Ok(verdict.state)
    }
}

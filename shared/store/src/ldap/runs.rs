use std::collections::BTreeMap;

use domain::Timestamp;
use platform::Statement;
use serde::Deserialize;
use uuid::Uuid;

use super::{Kind, PLAN_MS, Reason, State, Trigger};
use crate::{Batch, Outcomes, StoreError};

/// A run.
#[derive(Debug, Clone, Deserialize)]
pub struct RunRecord {
    /// Its identifier.
    pub id: Uuid,
    /// What started it.
    pub trigger: Trigger,
    /// Who started it.
    pub started_by: Option<Person>,
    /// Who had a plan applied that was held back or only looked at.
    pub approved_by: Option<Person>,
    /// When.
    pub started_at: Timestamp,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// How far it is.
    pub state: State,
    /// Why it was held back.
    pub reason: Option<Reason>,
    /// Why it failed.
    pub failure: Option<Failure>,
    /// By which settings it reads; `None`: it has not compared yet.
    pub mapping: Option<String>,
    /// What it has still to read.
    pub pending: Vec<(Kind, u16)>,
    /// Entries of the directory, without those that cannot be told apart.
    pub users_read: u64,
    /// The same, of groups.
    pub groups_read: u64,
    /// Entries that cannot be told apart.
    pub unidentified: u64,
    /// Changes by kind and action, `user.create` say.
    pub counts: BTreeMap<String, u64>,
    /// Entries staged, or changes applied.
    pub done: u64,
    /// Of so many.
    pub total: u64,
    /// How many plans had begun to be applied when it started.
    pub after_plan: u64,
    /// Buckets that one request reads at most.
    pub at_once: usize,
}

/// Somebody, as a run keeps them.
#[derive(Debug, Clone, Deserialize)]
pub struct Person {
    /// Their identifier.
    pub id: Uuid,
    /// What they were called then.
    pub username: String,
}

/// Why a directory could not be read.
#[derive(Debug, Clone, Deserialize)]
pub struct Failure {
    /// How far it came: `settings`, `proxy`, `connect`, `tls`, `bind`, `search` or `answer`.
    pub stage: String,
    /// For people.
    pub message: String,
}

/// A run as JSON; needs `ldap_runs r` in scope. Decoded by [`RunRecord`].
macro_rules! run_json {
    () => {
        "json_object(\
           'id', r.id, 'trigger', r.trigger, 'started_at', r.started_at, \
           'started_by', iif(r.started_by_id IS NULL, NULL, \
             json_object('id', r.started_by_id, 'username', r.started_by_username)), \
           'approved_by', iif(r.approved_by_id IS NULL, NULL, \
             json_object('id', r.approved_by_id, 'username', r.approved_by_username)), \
           'finished_at', r.finished_at, 'state', r.state, 'reason', r.reason, \
           'failure', json(r.failure), 'mapping', r.mapping, 'pending', json(r.pending), \
           'users_read', r.users_read, 'groups_read', r.groups_read, \
           'unidentified', r.unidentified, 'counts', json(r.counts), \
           'done', r.done, 'total', r.total, 'after_plan', r.after_plan, \
           'at_once', r.at_once)"
    };
}

pub(super) use run_json;

impl RunRecord {
    /// How many changes of this kind and action.
    pub fn count(&self, what: &str) -> u64 {
        self.counts.get(what).copied().unwrap_or_default()
    }
}

/// Runs, newest first.
pub struct ListRuns {
    /// How many to pass over.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// A page of runs.
#[derive(Debug)]
pub struct Runs {
    /// The page.
    pub runs: Vec<RunRecord>,
    /// How many there are.
    pub total: u32,
    /// How many plans have begun to be applied.
    pub plans: u64,
}

/// A plan that was made when there were fewer is outdated.
const PLANS: &str = "SELECT json(plans) FROM ldap_state WHERE id = 1";

const LIST: &str = concat!(
    "SELECT ",
    run_json!(),
    " FROM ldap_runs r WHERE r.seq > 0 ORDER BY r.seq DESC LIMIT ?1 OFFSET ?2"
);

const TOTAL: &str = "SELECT json(value) FROM counters WHERE name = 'ldapRuns'";

impl Batch for ListRuns {
    type Output = Runs;

    fn statements(&self) -> Vec<Statement> {
        vec![
            Statement::new(LIST, [self.limit.into(), self.offset.into()]),
            Statement::new(TOTAL, []),
            Statement::new(PLANS, []),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Runs, StoreError> {
        let runs = outcomes.each()?;
        let total = outcomes.one()?.unwrap_or_default();
        Ok(Runs { runs, total, plans: outcomes.one()?.unwrap_or_default() })
    }
}

/// One run, and how many plans have begun to be applied.
pub struct ShowRun(pub Uuid);

impl Batch for ShowRun {
    type Output = Option<(RunRecord, u64)>;

    fn statements(&self) -> Vec<Statement> {
        const SHOW: &str = concat!("SELECT ", run_json!(), " FROM ldap_runs r WHERE r.id = ?1");
        vec![Statement::new(SHOW, [self.0.to_string().into()]), Statement::new(PLANS, [])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        let run: Option<RunRecord> = outcomes.one()?;
        let plans = outcomes.one()?.unwrap_or_default();
        Ok(run.map(|run| (run, plans)))
    }
}

impl RunRecord {
    /// Whether its plan can still be applied, after `plans` have begun to be.
    pub fn can_apply(&self, plans: u64, now: Timestamp) -> bool {
        let Some(finished_at) = self.finished_at else { return false };
        matches!(self.state, State::Planned | State::Aborted)
            && finished_at.plus_ms(PLAN_MS) > now
            && self.after_plan == plans
    }
}

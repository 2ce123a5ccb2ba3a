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
           'done', r.done, 'total', r.total)"
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
    /// The latest run that was applied, by its place in the page's order of time.
    pub applied_since: Timestamp,
}

/// When a run last applied something: plans that were made before are outdated.
pub(super) const APPLIED_SINCE: &str = "SELECT json_object('at', coalesce((SELECT started_at \
    FROM ldap_runs WHERE state IN ('applying', 'done') AND total > 0 \
    ORDER BY started_at DESC LIMIT 1), 0))";

#[derive(Deserialize)]
struct Since {
    at: Timestamp,
}

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
            Statement::new(APPLIED_SINCE, []),
        ]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Runs, StoreError> {
        let runs = outcomes.each()?;
        let total = outcomes.one()?.unwrap_or_default();
        Ok(Runs { runs, total, applied_since: since(outcomes)? })
    }
}

fn since(outcomes: &mut Outcomes) -> Result<Timestamp, StoreError> {
    let since: Option<Since> = outcomes.one()?;
    Ok(since.map_or(Timestamp::from_ms(0), |since| since.at))
}

/// One run, and since when plans are outdated.
pub struct ShowRun(pub Uuid);

impl Batch for ShowRun {
    type Output = Option<(RunRecord, Timestamp)>;

    fn statements(&self) -> Vec<Statement> {
        const SHOW: &str = concat!("SELECT ", run_json!(), " FROM ldap_runs r WHERE r.id = ?1");
        vec![Statement::new(SHOW, [self.0.to_string().into()]), Statement::new(APPLIED_SINCE, [])]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Self::Output, StoreError> {
        let run: Option<RunRecord> = outcomes.one()?;
        let since = since(outcomes)?;
        Ok(run.map(|run| (run, since)))
    }
}

impl RunRecord {
    /// Whether its plan can still be applied.
    pub fn can_apply(&self, applied_since: Timestamp, now: Timestamp) -> bool {
        let Some(finished_at) = self.finished_at else { return false };
        matches!(self.state, State::Planned | State::Aborted)
            && finished_at.plus_ms(PLAN_MS) > now
            && self.started_at > applied_since
    }
}

//! A run, as far as one request brings it: take up, compare, read, settle, apply, finish. Each step is written
//! before the next begins, so that whoever comes after a killed request goes on.

mod apply;
mod budget;
mod compare;
mod read;
mod settle;
mod shared;
mod stage;
mod take_up;

use http_api::{Call, Problem};
use platform::Outward;
use store::audit::Entry;
use store::ldap::{Begun, Fail, Lease, Left, Release, RunRecord, State, Sweep, Trigger};
use uuid::Uuid;

pub(crate) use budget::Budget;
pub(crate) use take_up::{resume, work, work_at};

use crate::directory::{Directory, Unread};
use crate::source::Source;

/// How far a request came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Worked {
    /// There was nothing to do.
    Idle,
    /// Another request works at this run.
    Busy(Uuid),
    /// This run has more to do.
    More(Uuid),
    /// This run has ended, so.
    Ended(Uuid, State),
}

impl Worked {
    fn run(self) -> Option<Uuid> {
        match self {
            Self::Idle => None,
            Self::Busy(run) | Self::More(run) | Self::Ended(run, _) => Some(run),
        }
    }
}

/// Why a request stopped in the middle.
enum Stop {
    /// The directory could not be read: the run has failed.
    Unread(Unread),
    /// Another request took the run over.
    Lost,
    /// The request failed; the run goes on.
    Problem(Problem),
}

impl From<Problem> for Stop {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<ldap_proxy_client::ClientError> for Stop {
    fn from(error: ldap_proxy_client::ClientError) -> Self {
        Self::Unread(error.into())
    }
}

/// What a request works with.
struct Worker<'a> {
    call: &'a Call,
    budget: Budget,
    source: Source,
    directory: Directory,
    lease: Uuid,
    run: RunRecord,
    /// What is still to be applied: looking for what is not there would cost a request as much.
    left: Left,
    /// Whether what is known was applied by other settings.
    anew: bool,
}

async fn go_on(
    call: &Call,
    outward: &Outward,
    lease: Uuid,
    run: RunRecord,
    begun: Begun,
    mut budget: Budget,
) -> Result<Worked, Problem> {
    let id = run.id;
    let ready = ready(call, outward, &begun, &run);
    let (source, directory) = match ready {
        Ok(ready) => ready,
        Err((problem, unread)) => {
            fail(call, &mut budget, Lease { run: id, id: lease, at: call.by_now() }, unread)
                .await?;
            return Err(problem);
        }
    };
    let anew = begun.mapping != source.mapping();
    let mut worker = Worker { call, budget, source, directory, lease, run, left: begun.left, anew };
    match worker.work(&begun).await {
        Ok(Worked::More(id)) => {
            worker.release().await?;
            Ok(Worked::More(id))
        }
        Ok(ended) => Ok(ended),
        Err(Stop::Lost) => Ok(Worked::Busy(id)),
        Err(Stop::Problem(problem)) => {
            // What is not written now is when the lease ends.
            let _ = worker.release().await;
            Err(problem)
        }
        Err(Stop::Unread(unread)) => {
            let message = unread.message.clone();
            let (stage, lease) = (unread.stage, worker.lease());
            fail(call, &mut worker.budget, lease, unread).await?;
            Err(Problem::LdapFailed { stage: stage.into(), message })
        }
    }
}

/// What is needed to go on; else what to answer, and what to write down.
fn ready(
    call: &Call,
    outward: &Outward,
    begun: &Begun,
    run: &RunRecord,
) -> Result<(Source, Directory), (Problem, Unread)> {
    let missing = |problem: Problem| {
        let message = problem.text();
        (problem, Unread { stage: "settings", message })
    };
    let source = Source::of(&begun.configuration)
        .map_err(|settings| missing(Problem::LdapNotConfigured { missing: settings }))?;
    let directory = Directory::of(call, outward).map_err(missing)?;
    let reads = run.state == State::Reading;
    let changed = run.mapping.as_ref().is_some_and(|mapping| *mapping != source.mapping());
    let is_look = reads && run.trigger == Trigger::Preview;
    let switched_off = !is_look && !begun.configuration.ldap_enabled();
    if (reads && changed) || switched_off {
        let message = "The LDAP settings were changed meanwhile".to_owned();
        return Err(missing(Problem::LdapFailed { stage: "settings".into(), message }));
    }
    Ok((source, directory))
}

async fn fail(
    call: &Call,
    budget: &mut Budget,
    lease: Lease,
    unread: Unread,
) -> Result<(), Problem> {
    let (stage, message) = (unread.stage, unread.message);
    let _ = budget.run(call, Fail { lease, stage, message }).await?;
    sweep(call, budget).await
}

/// Clears away what is of no further use, some of it in any case.
async fn sweep(call: &Call, budget: &mut Budget) -> Result<(), Problem> {
    while budget.run(call, Sweep { at: call.by_now() }).await? && budget.allows_more(call) {}
    Ok(())
}

impl Worker<'_> {
    fn lease(&self) -> Lease {
        Lease { run: self.run.id, id: self.lease, at: self.call.by_now() }
    }

    /// An audit entry of this moment: the request may have come minutes ago.
    fn entry(&self) -> Result<Entry, Problem> {
        Ok(Entry { at: self.call.by_now(), ..self.call.entry()? })
    }

    /// Lets the next request go on at once.
    async fn release(&mut self) -> Result<(), Problem> {
        let release = Release { lease: self.lease() };
        self.budget.run(self.call, release).await
    }

    /// As far as the budget goes.
    async fn work(&mut self, begun: &Begun) -> Result<Worked, Stop> {
        let id = self.run.id;
        if self.run.state == State::Reading {
            if self.run.mapping.is_none() {
                self.compare(begun).await?;
                if self.run.pending.is_empty() {
                    return self.finish().await;
                }
            }
            while !self.run.pending.is_empty() {
                if !self.budget.allows_more(self.call) {
                    return Ok(Worked::More(id));
                }
                self.read_some().await?;
            }
            if !self.budget.allows_ending() {
                return Ok(Worked::More(id));
            }
            let state = self.settle().await?;
            if state != State::Applying {
                if self.budget.allows_more(self.call) {
                    sweep(self.call, &mut self.budget).await?;
                }
                return Ok(Worked::Ended(id, state));
            }
            self.left = Left { users: true, groups: true };
        }
        if self.apply().await? { self.finish().await } else { Ok(Worked::More(id)) }
    }
}

/// A statement that found its lease gone wrote nothing.
fn held(happened: bool) -> Result<(), Stop> {
    if happened { Ok(()) } else { Err(Stop::Lost) }
}

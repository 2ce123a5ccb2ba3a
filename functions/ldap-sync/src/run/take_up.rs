use http_api::{Call, Problem, Resource};
use platform::Outward;
use store::ldap::{Begin, Failure, ShowRun, Trigger};
use store::users::Origin;
use uuid::Uuid;

use super::{Budget, Worked, go_on};

/// Begins a run, or goes on with one.
///
/// # Errors
/// 409 when the directory could not be read, which ends the run; when the database fails the run is
/// taken up again by the next request, at the latest once the lease has ended.
pub(crate) async fn work(
    call: &Call,
    outward: &Outward,
    trigger: Trigger,
    started_by: Option<Origin>,
    budget: Budget,
) -> Result<Worked, Problem> {
    let (run, lease) = (Some(call.new_id()?), call.new_id()?);
    take_up(call, outward, Begin { run, lease, trigger, started_by, at: call.by_now() }, budget)
        .await
}

/// Goes on with the run under way, by this lease; starts none.
///
/// # Errors
/// As [`work`].
pub(crate) async fn work_at(
    call: &Call,
    outward: &Outward,
    lease: Uuid,
    budget: Budget,
) -> Result<Worked, Problem> {
    let (trigger, at) = (Trigger::Schedule, call.by_now());
    take_up(call, outward, Begin { run: None, lease, trigger, started_by: None, at }, budget).await
}

/// Goes on with this run, and begins none: who asks again after a 202 does not sync twice because the
/// clock was faster.
///
/// # Errors
/// 404 when there is no such run; else as [`work`].
pub(crate) async fn resume(
    call: &Call,
    outward: &Outward,
    run: Uuid,
    trigger: Trigger,
    started_by: Option<Origin>,
) -> Result<Worked, Problem> {
    let lease = call.new_id()?;
    let wish = Begin { run: None, lease, trigger, started_by, at: call.by_now() };
    let worked = take_up(call, outward, wish, Budget::of_a_request(call)).await?;
    if worked.run() == Some(run) { Ok(worked) } else { ended(call, run).await }
}

/// What came of a run that others have ended, or are about to.
async fn ended(call: &Call, run: Uuid) -> Result<Worked, Problem> {
    let found = call.run(ShowRun(run)).await?;
    let (record, _) = found.ok_or(Problem::NotFound(Resource::LdapRun))?;
    match record.failure {
        Some(Failure { stage, message }) => {
            Err(Problem::LdapFailed { stage: stage.into(), message })
        }
        None if record.finished_at.is_none() => Ok(Worked::Busy(run)),
        None => Ok(Worked::Ended(run, record.state)),
    }
}

async fn take_up(
    call: &Call,
    outward: &Outward,
    wish: Begin,
    mut budget: Budget,
) -> Result<Worked, Problem> {
    let lease = wish.lease;
    let mut begun = budget.run(call, wish).await?;
    match begun.run.take() {
        None => Ok(Worked::Idle),
        Some(run) if !begun.is_ours => Ok(Worked::Busy(run.id)),
        Some(run) => go_on(call, outward, lease, run, begun, budget).await,
    }
}

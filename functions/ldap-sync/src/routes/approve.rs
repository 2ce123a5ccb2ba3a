use axum::Extension;
use axum::extract::Path;
use http_api::{Caller, Problem, Reply, Resource, parse_id};
use platform::Outward;
use store::configuration::Read;
use store::ldap::{Approve, Lease, ShowRun, State};

use super::sync::reply;
use crate::pictures::{self, Pace};
use crate::run::{Budget, Worked, work_at};
use crate::source::Source;

/// Applies the plan of a run that was held back or only looked at, as it was shown.
///
/// 202: it is not through yet; the same call goes on with it, and so does the clock.
#[utoipa::path(
    post,
    path = "/api/ldap/runs/{id}/apply",
    operation_id = "applyLdapRun",
    security(("caller" = ["administrator"])),
    responses(
        (status = 202, body = super::wire::RunDto),
        (status = 204),
        (status = 401, description = "reauthentication_required"),
        (status = 404, description = "not_found"),
        (status = 409, description = "ldap_disabled ldap_not_configured ldap_failed ldap_plan_outdated"),
    )
)]
pub(crate) async fn apply(
    caller: Caller,
    Extension(outward): Extension<Outward>,
    Path(id): Path<String>,
) -> Result<Reply, Problem> {
    let run = parse_id(&id);
    let (admin, (configuration, found)) = caller.admin_and((Read, run.map(ShowRun))).await?;
    let call = &caller.call;
    let (run, _) = found.flatten().ok_or(Problem::NotFound(Resource::LdapRun))?;
    if !configuration.ldap_enabled() {
        return Err(Problem::LdapDisabled);
    }
    let lease = Lease { run: run.id, id: call.new_id()?, at: call.now() };
    match run.state {
        // Asked again, it goes on, or is through.
        State::Applying => {}
        State::Done if run.approved_by.is_some() => return Ok(Reply::no_content()),
        _ => {
            let source = Source::of(&configuration)
                .map_err(|missing| Problem::LdapNotConfigured { missing })?;
            if run.mapping != Some(source.mapping()) {
                return Err(Problem::LdapPlanOutdated);
            }
            admin.step_up(call)?;
            let approve = Approve { lease, origin: admin.origin(), entry: admin.entry(call)? };
            if !call.run(approve).await? {
                return Err(Problem::LdapPlanOutdated);
            }
        }
    }
    let budget = Budget::of_a_request(call);
    let worked = work_at(call, &outward, lease.id, budget).await?;
    pictures::after(call, &outward, worked, Budget::of_a_request(call), Pace::ASKED_FOR).await;
    match worked {
        // The clock was faster.
        Worked::Idle => Ok(Reply::no_content()),
        worked => reply(call, worked).await,
    }
}

use axum::Extension;
use axum::extract::RawQuery;
use http_api::{Caller, Problem, Reply};
use platform::Outward;
use store::configuration::Read;
use store::ldap::Trigger;

use super::sync::run_named;
use super::wire::RunDto;
use crate::run::{Budget, Worked, resume, work};
use crate::source::Source;

/// Reads the directory and says what a sync would do, without doing it.
///
/// 202: it is not through yet; the same call goes on with it. Who then names the run begins no other one.
#[utoipa::path(
    post,
    path = "/api/application-configuration/preview-ldap",
    operation_id = "previewLdap",
    security(("caller" = ["administrator"])),
    params(("run" = Option<Uuid>, Query, description = "The run to go on with.")),
    responses(
        (status = 200, body = RunDto),
        (status = 202, body = RunDto),
        (status = 404, description = "not_found"),
        (status = 409, description = "ldap_not_configured ldap_failed"),
    )
)]
pub(crate) async fn preview(
    caller: Caller,
    Extension(outward): Extension<Outward>,
    RawQuery(query): RawQuery,
) -> Result<Reply, Problem> {
    let (admin, configuration) = caller.admin_and(Read).await?;
    Source::of(&configuration).map_err(|missing| Problem::LdapNotConfigured { missing })?;
    let call = &caller.call;
    let by = Some(admin.origin());
    let worked = match run_named(query.as_deref())? {
        Some(run) => resume(call, &outward, run, Trigger::Preview, by).await?,
        None => work(call, &outward, Trigger::Preview, by, Budget::of_a_request(call)).await?,
    };
    match worked {
        Worked::Idle => Err(Problem::LdapDisabled),
        Worked::Ended(run, _) => Reply::ok(&RunDto::read(call, run).await?),
        Worked::Busy(run) | Worked::More(run) => Reply::accepted(&RunDto::read(call, run).await?),
    }
}

use axum::Extension;
use axum::extract::RawQuery;
use http_api::{Call, Caller, Problem, Reply, Resource, parse_id};
use platform::Outward;
use store::configuration::Read;
use store::ldap::{State, Trigger};
use uuid::Uuid;

use super::wire::RunDto;
use crate::pictures::{self, Pace};
use crate::run::{Budget, Worked, resume, work};
use crate::source::Source;

/// Syncs users and groups with the directory.
///
/// 202: it is not through yet; the same call goes on with it, and so does the clock. Who then names the
/// run begins no other one.
#[utoipa::path(
    post,
    path = "/api/application-configuration/sync-ldap",
    operation_id = "syncLdap",
    security(("caller" = ["administrator"])),
    params(("run" = Option<Uuid>, Query, description = "The run to go on with.")),
    responses(
        (status = 202, body = RunDto),
        (status = 204),
        (status = 404, description = "not_found"),
        (status = 409, description = "ldap_disabled ldap_not_configured ldap_failed ldap_sync_aborted"),
    )
)]
pub(crate) async fn sync(
    caller: Caller,
    Extension(outward): Extension<Outward>,
    RawQuery(query): RawQuery,
) -> Result<Reply, Problem> {
    let (admin, configuration) = caller.admin_and(Read).await?;
    if !configuration.ldap_enabled() {
        return Err(Problem::LdapDisabled);
    }
    Source::of(&configuration).map_err(|missing| Problem::LdapNotConfigured { missing })?;
    let call = &caller.call;
    let by = Some(admin.origin());
    let known = match run_named(query.as_deref())? {
        Some(run) => Some(resume(call, &outward, run, Trigger::Manual, by.clone()).await?),
        None => None,
    };
    let worked = match known {
        // What was under way was somebody's look, and has ended as one.
        None | Some(Worked::Ended(_, State::Planned)) => {
            work(call, &outward, Trigger::Manual, by, Budget::of_a_request(call)).await?
        }
        Some(worked) => worked,
    };
    pictures::after(call, &outward, worked, Budget::of_a_request(call), Pace::ASKED_FOR).await;
    reply(call, worked).await
}

/// The run that a request names: `run=ID`.
pub(super) fn run_named(query: Option<&str>) -> Result<Option<Uuid>, Problem> {
    let mut pairs = query.unwrap_or_default().split('&');
    let Some(run) = pairs.find_map(|pair| pair.strip_prefix("run=")) else { return Ok(None) };
    parse_id(run).map(Some).ok_or(Problem::NotFound(Resource::LdapRun))
}

/// What a request that works at a run answers.
pub(super) async fn reply(call: &Call, worked: Worked) -> Result<Reply, Problem> {
    match worked {
        Worked::Idle => Err(Problem::LdapDisabled),
        Worked::Busy(run) | Worked::More(run) => Reply::accepted(&RunDto::read(call, run).await?),
        Worked::Ended(run, State::Aborted) => {
            let reason = RunDto::read(call, run).await?.reason();
            let reason = reason.map_or("", store::ldap::Reason::as_str);
            Err(Problem::LdapSyncAborted { run, reason })
        }
        Worked::Ended(..) => Ok(Reply::no_content()),
    }
}

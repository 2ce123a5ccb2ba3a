use axum::Extension;
use http_api::{Call, Caller, Problem, Reply};
use platform::Outward;
use store::configuration::Read;
use store::ldap::{State, Trigger};

use super::wire::RunDto;
use crate::pictures::{self, Pace};
use crate::run::{Budget, Worked, work};
use crate::source::Source;

/// Syncs users and groups with the directory.
///
/// 202: it is not through yet; the same call goes on with it, and so does the clock.
#[utoipa::path(
    post,
    path = "/api/application-configuration/sync-ldap",
    operation_id = "syncLdap",
    security(("caller" = ["administrator"])),
    responses(
        (status = 202, body = RunDto),
        (status = 204),
        (status = 409, description = "ldap_disabled ldap_not_configured ldap_failed ldap_sync_aborted"),
    )
)]
pub(crate) async fn sync(
    caller: Caller,
    Extension(outward): Extension<Outward>,
) -> Result<Reply, Problem> {
    let (admin, configuration) = caller.admin_and(Read).await?;
    if !configuration.ldap_enabled() {
        return Err(Problem::LdapDisabled);
    }
    Source::of(&configuration).map_err(|missing| Problem::LdapNotConfigured { missing })?;
    let call = &caller.call;
    let budget = Budget::of_a_request(call);
    let worked = work(call, &outward, Trigger::Manual, Some(admin.origin()), budget).await?;
    pictures::after(call, &outward, worked, Budget::of_a_request(call), Pace::ASKED_FOR).await;
    reply(call, worked).await
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

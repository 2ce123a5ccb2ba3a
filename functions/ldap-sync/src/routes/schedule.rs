use axum::Extension;
use http_api::{Call, Problem, Reply, admit_scheduler};
use platform::Outward;
use store::ldap::Trigger;

use crate::pictures::{self, Pace};
use crate::run::{Budget, work};

/// Syncs if it is time to, for a scheduler outside.
///
/// The bearer token is the setting `SCHEDULE_KEY`; where that is not set there is no such route.
#[utoipa::path(
    post,
    path = "/api/scheduled/ldap",
    operation_id = "scheduleLdapSync",
    responses(
        (status = 204),
        (status = 401, description = "not_signed_in"),
        (status = 404),
        (status = 409, description = "ldap_not_configured ldap_failed"),
    )
)]
pub(crate) async fn by_key(
    call: Call,
    Extension(outward): Extension<Outward>,
) -> Result<Reply, Problem> {
    admit_scheduler(&call)?;
    from_inside(call, Extension(outward)).await
}

/// The same for the clock of Workers.
pub(crate) async fn from_inside(
    call: Call,
    Extension(outward): Extension<Outward>,
) -> Result<Reply, Problem> {
    let budget = Budget::of_the_clock(&call);
    let worked = work(&call, &outward, Trigger::Schedule, None, budget).await?;
    pictures::after(&call, &outward, worked, Budget::of_the_clock(&call), Pace::DAILY).await;
    Ok(Reply::no_content())
}

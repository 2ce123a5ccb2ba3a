use axum::Extension;
use http_api::{Call, Problem, Reply, admit_scheduler};
use platform::Outward;

use crate::dispatch::{Budget, Tally, dispatch};

/// Sends the emails that are due, for a scheduler outside.
///
/// The bearer token is the setting `SCHEDULE_KEY`; where that is not set there is no such route.
#[utoipa::path(
    post,
    path = "/api/scheduled/email",
    operation_id = "dispatchEmails",
    responses(
        (status = 200, body = Tally),
        (status = 401, description = "not_signed_in"),
        (status = 404),
    )
)]
pub(crate) async fn by_key(
    call: Call,
    Extension(outward): Extension<Outward>,
) -> Result<Reply, Problem> {
    admit_scheduler(&call)?;
    let tally: Tally = dispatch(&call, &outward, Budget::of(&call)).await?;
    Reply::ok(&tally)
}

/// Sends what is due, for the functions beside this one, as long as Workers let it.
pub(crate) async fn woken(
    call: Call,
    Extension(outward): Extension<Outward>,
) -> Result<Reply, Problem> {
    let tally = dispatch(&call, &outward, Budget::of_wake(&call)).await?;
    Reply::ok(&tally)
}

/// Sends what is due, for the clock of Workers and the functions beside this one on Spin.
pub(crate) async fn from_inside(
    call: Call,
    Extension(outward): Extension<Outward>,
) -> Result<Reply, Problem> {
    let tally = dispatch(&call, &outward, Budget::of(&call)).await?;
    Reply::ok(&tally)
}

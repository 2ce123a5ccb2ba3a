use http_api::{Call, Caller, Problem, Reply};
use serde::Serialize;
use utoipa::ToSchema;

const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CurrentDto {
    current_version: &'static str,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct LatestDto {
    latest_version: &'static str,
}

/// Reads the version that is deployed.
#[utoipa::path(
    get,
    path = "/api/version/current",
    operation_id = "readVersion",
    security(("caller" = [])),
    responses((status = 200, body = CurrentDto))
)]
pub(crate) async fn current(caller: Caller) -> Result<Reply, Problem> {
    caller.user().await?;
    Reply::ok(&CurrentDto { current_version: VERSION })
}

/// Reads the latest version.
///
/// A deployment asks nobody, so it knows of no later one than itself.
#[utoipa::path(
    get,
    path = "/api/version/latest",
    operation_id = "readLatestVersion",
    responses((status = 200, body = LatestDto))
)]
pub(crate) async fn latest(_: Call) -> Result<Reply, Problem> {
    Reply::ok(&LatestDto { latest_version: VERSION })
}

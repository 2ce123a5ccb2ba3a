use http_api::{Call, Caller, Problem, Reply};
use serde::Serialize;

const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CurrentDto {
    current_version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LatestDto {
    latest_version: &'static str,
}

/// `GET /api/version/current`.
pub(crate) async fn current(caller: Caller) -> Result<Reply, Problem> {
    caller.user().await?;
    Reply::ok(&CurrentDto { current_version: VERSION })
}

/// `GET /api/version/latest`. A deployment asks nobody, so it knows of no later one than itself.
pub(crate) async fn latest(_: Call) -> Result<Reply, Problem> {
    Reply::ok(&LatestDto { latest_version: VERSION })
}

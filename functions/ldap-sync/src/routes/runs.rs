use axum::extract::Path;
use http_api::{Caller, ListParameters, Listing, Paging, Problem, Reply, Resource, parse_id};
use store::ldap::{ListRuns, ShowRun};

use super::wire::RunDto;

/// Lists the runs of the sync, newest first.
#[utoipa::path(
    get,
    path = "/api/ldap/runs",
    operation_id = "listLdapRuns",
    security(("caller" = ["administrator"])),
    params(Paging),
    responses((status = 200, body = Listing<RunDto>))
)]
pub(crate) async fn list(caller: Caller, parameters: ListParameters) -> Result<Reply, Problem> {
    let offset = (parameters.page - 1).saturating_mul(parameters.limit);
    let list = ListRuns { offset, limit: parameters.limit };
    let (_admin, runs) = caller.admin_and(list).await?;
    let now = caller.call.now();
    let items = runs.runs.iter().map(|run| RunDto::of(run, runs.plans, now)).collect();
    Reply::ok(&Listing::page(items, runs.total, &parameters))
}

/// Shows a run of the sync.
#[utoipa::path(
    get,
    path = "/api/ldap/runs/{id}",
    operation_id = "showLdapRun",
    security(("caller" = ["administrator"])),
    responses((status = 200, body = RunDto), (status = 404, description = "not_found"))
)]
pub(crate) async fn show(caller: Caller, Path(id): Path<String>) -> Result<Reply, Problem> {
    let (_admin, found) = caller.admin_and(parse_id(&id).map(ShowRun)).await?;
    let (run, plans) = found.flatten().ok_or(Problem::NotFound(Resource::LdapRun))?;
    Reply::ok(&RunDto::of(&run, plans, caller.call.now()))
}

use axum::extract::Path;
use http_api::{Caller, Problem, Reply, Resource, parse_id};
use store::one_time_links::{Revoke, Revoked};

/// Revokes a one-time link.
///
/// Revoking twice is no error.
#[utoipa::path(
    delete,
    path = "/api/users/{id}/one-time-access-tokens/{tokenId}",
    operation_id = "revokeOneTimeLink",
    security(("caller" = ["administrator"])),
    responses(
        (status = 204),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn revoke(
    caller: Caller,
    Path((user, link)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let unknown = Problem::NotFound(Resource::OneTimeLink);
    let (Some(user), Some(link)) = (parse_id(&user), parse_id(&link)) else {
        return Err(unknown);
    };
    let entry = admin.entry(call)?.with("linkId", link);
    match call.run(Revoke { link, user, origin: admin.origin(), entry }).await? {
        Revoked::Inactive => Ok(Reply::no_content()),
        Revoked::Unknown => Err(unknown),
    }
}

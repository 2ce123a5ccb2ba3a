use axum::extract::Path;
use http_api::{Caller, Problem, Reply, parse_id};
use store::api_keys::Revoke;

/// Revokes an API key of one's own.
///
/// A key may revoke itself.
#[utoipa::path(
    delete,
    path = "/api/api-keys/{id}",
    operation_id = "revokeApiKey",
    security(("caller" = [])),
    responses(
        (status = 204),
        (status = 404, description = "api_key_not_found"),
    )
)]
pub(crate) async fn revoke(caller: Caller, Path(key): Path<String>) -> Result<Reply, Problem> {
    let signed_in = caller.user().await?;
    let key = parse_id(&key).ok_or(Problem::ApiKeyNotFound)?;
    let entry = signed_in.entry(&caller.call)?.with("keyId", key);
    if caller.call.run(Revoke { key, user: signed_in.user_id(), entry }).await? {
        Ok(Reply::no_content())
    } else {
        Err(Problem::ApiKeyNotFound)
    }
}

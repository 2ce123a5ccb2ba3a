use axum::extract::Path;
use http_api::{Caller, Problem, Reply, parse_id};
use store::api_keys::Revoke;

/// `DELETE /api/api-keys/:id`: one's own; a key may revoke itself.
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

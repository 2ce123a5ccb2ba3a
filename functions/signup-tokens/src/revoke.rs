use axum::extract::Path;
use http_api::{Caller, Problem, Reply, parse_id};
use store::signup_tokens::Revoke;

/// Revokes a sign-up token.
///
/// Revoking one that does not exist is no error. The accounts made with it stay.
#[utoipa::path(
    delete,
    path = "/api/signup-tokens/{id}",
    operation_id = "revokeSignupToken",
    security(("caller" = ["administrator"])),
    params(("id" = String, Path, description = "The token's identifier; other text is nobody's.")),
    responses(
        (status = 204),
    )
)]
pub(crate) async fn revoke(caller: Caller, Path(id): Path<String>) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    if let Some(token) = parse_id(&id) {
        let (origin, entry) = (admin.origin(), admin.entry(call)?);
        call.run(Revoke { token, origin, entry }).await?;
    }
    Ok(Reply::no_content())
}

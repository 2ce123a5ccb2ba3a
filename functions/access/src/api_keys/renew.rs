use axum::extract::Path;
use domain::{ApiKeyExpiration, FieldViolation};
use http_api::{Caller, Json, Problem, Reply, parse_id};
use serde::Deserialize;
use store::api_keys::{Renew, Renewed};
use utoipa::ToSchema;

use super::{TOKEN_BYTES, WithTokenDto, refusal};

/// Until when the key is to live.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, rename_all = "camelCase")]
#[schema(as = ApiKeyRenewalBody)]
pub(crate) struct RenewBody {
    /// In the future.
    #[schema(required, nullable = false, format = DateTime)]
    expires_at: Option<String>,
}

/// Lets an expired API key live again, by a new token.
#[utoipa::path(
    post,
    path = "/api/api-keys/{id}/renew",
    operation_id = "renewApiKey",
    security(("browser" = ["step-up"])),
    request_body = RenewBody,
    responses(
        (status = 200, body = WithTokenDto),
        (status = 400, description = "validation_failed invalid_api_key_expiration"),
        (status = 404, description = "api_key_not_found"),
        (status = 409, description = "api_key_not_expired"),
    )
)]
pub(crate) async fn renew(
    caller: Caller,
    Path(key): Path<String>,
    Json(body): Json<RenewBody>,
) -> Result<Reply, Problem> {
    let call = &caller.call;
    let (signed_in, ()) = caller.browser_and(|_| ()).await?;
    signed_in.step_up(call)?;
    let key = parse_id(&key).ok_or(Problem::ApiKeyNotFound)?;
    let expires_at = ApiKeyExpiration::parse(body.expires_at.as_deref(), call.now())
        .map_err(|violation| refusal(vec![FieldViolation { field: "expiresAt", violation }]))?;
    let token = call.new_secret::<TOKEN_BYTES>()?;
    let until = expires_at.at().to_rfc3339().unwrap_or_default();
    let entry = call.entry()?.with("keyId", key).with("after", until);
    let (user, secret_hash) = (signed_in.user_id(), token.hash());
    match call.run(Renew { key, user, secret_hash, expires_at, entry }).await? {
        Renewed::Done(key) => Reply::ok(&WithTokenDto::new(key, &token)),
        Renewed::NotExpired => Err(Problem::ApiKeyNotExpired),
        Renewed::Unknown => Err(Problem::ApiKeyNotFound),
    }
}

use axum::extract::Path;
use domain::{Timestamp, Ttl, TtlInput};
use http_api::{Caller, Json, Problem, Reply, TtlDto, parse_id};
use serde::{Deserialize, Serialize};
use store::one_time_links::Mint;
use utoipa::ToSchema;
use uuid::Uuid;

/// How long the link is to live.
#[derive(Deserialize, ToSchema)]
#[schema(as = OneTimeLinkBody)]
pub(crate) struct MintBody {
    #[schema(value_type = Option<TtlDto>)]
    pub(crate) ttl: Option<TtlInput>,
}

/// A link just made. The token is shown this once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OneTimeLinkWithTokenDto)]
struct MintedDto {
    token: String,
    id: Uuid,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// How long a link lives unless the administrator says otherwise.
pub(crate) const DEFAULT_TTL: Ttl = Ttl::minutes(15);

/// Makes a one-time link for a user.
///
/// It lives 15 minutes unless the body says otherwise. The token is shown this once.
#[utoipa::path(
    post,
    path = "/api/users/{id}/one-time-access-token",
    operation_id = "mintOneTimeLink",
    security(("caller" = ["administrator"])),
    request_body = MintBody,
    responses(
        (status = 201, body = MintedDto),
        (status = 400, description = "validation_failed"),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn mint(
    caller: Caller,
    Path(user): Path<String>,
    Json(body): Json<MintBody>,
) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let ttl = Ttl::parse(body.ttl.as_ref(), DEFAULT_TTL).map_err(|v| ("ttl", v))?;
    let user = parse_id(&user).ok_or(Problem::UserNotFound)?;
    let (id, token) = (call.new_id()?, call.new_secret::<18>()?);
    let expires_at = call.now().plus_ms(ttl.as_ms());
    let until = expires_at.to_rfc3339().unwrap_or_default();
    let batch = Mint {
        id,
        user,
        token_hash: token.hash(),
        origin: admin.origin(),
        expires_at,
        entry: call.entry()?.with("linkId", id).with("expiresAt", until),
    };
    call.run(batch).await?.ok_or(Problem::UserNotFound)?;
    Reply::created(&MintedDto { token: token.to_text(), id, expires_at })
}

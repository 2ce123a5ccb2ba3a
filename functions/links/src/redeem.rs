use axum::extract::Path;
use domain::Timestamp;
use http_api::{Call, Problem, Reply, Secret, UserDto, started_session};
use serde::Serialize;
use store::one_time_links::{Redeem, Redeemed, Show, Shown};
use store::sessions::Amr;
use utoipa::ToSchema;

/// Whom a link is for.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AddresseeDto {
    display_name: String,
    username: String,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Shows whom a one-time link is for.
///
/// Nothing is redeemed.
#[utoipa::path(
    get,
    path = "/api/one-time-access-token/{token}",
    operation_id = "showOneTimeLink",
    responses(
        (status = 200, body = AddresseeDto),
        (status = 401, description = "token_invalid_or_expired"),
        (status = 429, description = "rate_limited"),
    )
)]
pub(crate) async fn show(call: Call, Path(token): Path<String>) -> Result<Reply, Problem> {
    let token = Secret::from_text(&token).ok_or(Problem::TokenInvalidOrExpired)?;
    let batch = Show { gate: crate::SHOW.gate(&call)?, token_hash: token.hash() };
    match call.run(batch).await? {
        Shown::Active(addressee) => Reply::ok(&AddresseeDto {
            display_name: addressee.display_name,
            username: addressee.username,
            expires_at: addressee.expires_at,
        }),
        Shown::Inactive => Err(Problem::TokenInvalidOrExpired),
        Shown::Refused(admission) => Err(admission.into()),
    }
}

/// Turns a one-time link into a session, once.
#[utoipa::path(
    post,
    path = "/api/one-time-access-token/{token}",
    operation_id = "redeemOneTimeLink",
    responses(
        (status = 200, body = UserDto, headers(("Set-Cookie" = String))),
        (status = 401, description = "token_invalid_or_expired"),
        (status = 403, description = "user_disabled"),
        (status = 429, description = "rate_limited"),
    )
)]
pub(crate) async fn redeem(call: Call, Path(token): Path<String>) -> Result<Reply, Problem> {
    let token = Secret::from_text(&token).ok_or(Problem::TokenInvalidOrExpired)?;
    let (session, secret) = call.new_session(Amr::Otp)?;
    let batch = Redeem {
        gate: crate::PRESENT.gate(&call)?,
        token_hash: token.hash(),
        session,
        entry: call.entry()?,
    };
    match call.run(batch).await? {
        Redeemed::Done(session) => started_session(&call, *session, Amr::Otp, &secret),
        Redeemed::UserDisabled => Err(Problem::UserDisabled),
        Redeemed::Inactive => Err(Problem::TokenInvalidOrExpired),
        Redeemed::Refused(admission) => Err(admission.into()),
    }
}

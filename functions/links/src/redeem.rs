use axum::extract::Path;
use domain::Timestamp;
use http_api::{Call, Problem, Reply, Secret, started_session};
use serde::Serialize;
use store::one_time_links::{Redeem, Redeemed, Show, Shown};
use store::sessions::Amr;

/// Whom a link is for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AddresseeDto {
    display_name: String,
    username: String,
    expires_at: Timestamp,
}

/// `GET /api/one-time-access-token/:token`: whom it is for, without redeeming anything.
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

/// `POST /api/one-time-access-token/:token`: turns the link into a session, once.
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

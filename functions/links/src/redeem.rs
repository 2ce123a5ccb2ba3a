use axum::extract::Path;
use domain::{Timestamp, TypedCode};
use http_api::{
    Call, Cookie, CookieName, Problem, Reply, Secret, TokenKey, UserDto, started_session,
};
use serde::Serialize;
use store::SecretHash;
use store::one_time_links::{Addressee, Presented, Redeem, Redeemed, Show, Shown};
use store::sessions::Amr;
use utoipa::ToSchema;

/// Whom a link is for, and where it works.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AddresseeDto {
    display_name: String,
    username: String,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    /// Whether it works only in the browser that asked for it.
    device_bound: bool,
    /// Whether it works in this browser.
    this_device: bool,
    /// What to type in the browser that asked, if it is another one; after five wrong codes there is
    /// none.
    code: Option<String>,
}

/// Shows whom a one-time link is for.
///
/// Nothing is redeemed. Of a link that works in another browser it gives the code to type there.
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
    let batch = Show {
        gate: crate::SHOW.gate(&call)?,
        token_hash: token.hash(),
        device_hash: device_hash(&call),
    };
    match call.run(batch).await? {
        Shown::Active(addressee) => Reply::ok(&addressee_dto(&call, addressee)?),
        Shown::Inactive => Err(Problem::TokenInvalidOrExpired),
        Shown::Refused(admission) => Err(admission.into()),
    }
}

fn addressee_dto(call: &Call, addressee: Addressee) -> Result<AddresseeDto, Problem> {
    let elsewhere = !addressee.this_device && addressee.code_lives;
    let code = if elsewhere {
        Some(TokenKey::of(call)?.link_code(addressee.link).to_text())
    } else {
        None
    };
    Ok(AddresseeDto {
        display_name: addressee.display_name,
        username: addressee.username,
        expires_at: addressee.expires_at,
        device_bound: addressee.device_bound,
        this_device: addressee.this_device,
        code,
    })
}

/// Turns a one-time link into a session, once.
///
/// In the browser that asked for the link, the code that the mail shows may stand in the token's place,
/// typed as people type: in either case, with or without the hyphen.
#[utoipa::path(
    post,
    path = "/api/one-time-access-token/{token}",
    operation_id = "redeemOneTimeLink",
    responses(
        (status = 200, body = UserDto, headers(("Set-Cookie" = String))),
        (status = 401, description = "token_invalid_or_expired device_code_invalid"),
        (status = 403, description = "user_disabled"),
        (status = 429, description = "rate_limited"),
    )
)]
pub(crate) async fn redeem(call: Call, Path(token): Path<String>) -> Result<Reply, Problem> {
    let device_hash = device_hash(&call);
    let presented = presented(&call, device_hash, &token)?;
    let (session, secret) = call.new_session(Amr::Otp)?;
    let gate = crate::PRESENT.gate(&call)?;
    let entry = call.entry()?;
    match call.run(Redeem { gate, presented, device_hash, session, entry }).await? {
        Redeemed::Done(session) => {
            let reply = started_session(&call, *session, Amr::Otp, &secret)?;
            let cleared = Cookie::clear(CookieName::DeviceToken);
            // Who brought no such cookie is not told that there is one.
            Ok(match device_hash {
                Some(_) => reply.with_cookie(&cleared, call.deployment()),
                None => reply,
            })
        }
        Redeemed::UserDisabled => Err(Problem::UserDisabled),
        Redeemed::OtherDevice => Err(Problem::DeviceCodeInvalid),
        Redeemed::Inactive => Err(Problem::TokenInvalidOrExpired),
        Redeemed::Refused(admission) => Err(admission.into()),
    }
}

/// A token, else a code, which says nothing without the browser that it is for.
fn presented(
    call: &Call,
    device_hash: Option<SecretHash>,
    text: &str,
) -> Result<Presented, Problem> {
    if let Some(token) = Secret::from_text(text) {
        return Ok(Presented::Token(token.hash()));
    }
    let code = TypedCode::parse(text).ok_or(Problem::TokenInvalidOrExpired)?;
    let device_hash = device_hash.ok_or(Problem::DeviceCodeInvalid)?;
    Ok(Presented::Code(TokenKey::of(call)?.link_code_hash(device_hash, code)))
}

/// SHA-256 of the cookie of a browser that asked for a link.
fn device_hash(call: &Call) -> Option<SecretHash> {
    Some(Secret::from_text(call.cookie(CookieName::DeviceToken)?)?.hash())
}

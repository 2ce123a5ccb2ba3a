use domain::Ttl;
use http_api::{Caller, Json, Policy, Problem, Reply, Secret, TokenKey};
use serde::Deserialize;
use store::email_verifications::{Send, Sending, Verified, Verify};
use store::outbox::Kind;
use utoipa::ToSchema;

/// Asking for the mail (`contract.md` §2.4, `send-email-verification`), a user.
const SEND: Policy =
    Policy { name: "send-email-verification", interval_ms: 300_000, burst: 1, global: None };

/// Presenting the token (`contract.md` §2.4, `verify-email`), a user.
const VERIFY: Policy = Policy { name: "verify-email", interval_ms: 10_000, burst: 5, global: None };

/// How long the mailed link works.
const TTL: Ttl = Ttl::minutes(24 * 60);

/// What the mailed link carries.
#[derive(Deserialize, ToSchema)]
#[schema(as = VerifyEmailBody)]
pub(crate) struct VerifyBody {
    #[serde(default)]
    #[schema(required)]
    token: String,
}

/// Mails a link with which one proves that one's address is one's own.
///
/// It works for a day, for this address alone, and takes the place of an earlier one. Nothing is
/// mailed when the address is verified already.
#[utoipa::path(
    post,
    path = "/api/users/me/send-email-verification",
    operation_id = "sendEmailVerification",
    security(("caller" = [])),
    responses(
        (status = 204),
        (status = 403, description = "email_verification_disabled"),
        (status = 409, description = "user_email_not_set"),
        (status = 429, description = "rate_limited"),
    )
)]
pub(crate) async fn send(caller: Caller) -> Result<Reply, Problem> {
    let signed_in = caller.user().await?;
    let call = &caller.call;
    let user = signed_in.user_id();
    let id = call.new_id()?;
    let expires_at = call.now().plus_ms(TTL.as_ms());
    let batch = Send {
        gate: SEND.gate_for(call, user)?,
        id,
        token_hash: TokenKey::of(call)?.email_verification(id).hash(),
        expires_at,
        user,
        mail: call.mail(Kind::EmailVerification)?.with("linkId", id).until(expires_at),
        entry: signed_in.entry(call)?,
    };
    match call.run(batch).await? {
        Sending::Done => {
            call.wake_dispatcher().await;
            Ok(Reply::no_content())
        }
        Sending::Disabled => Err(Problem::EmailVerificationDisabled),
        Sending::NoAddress => Err(Problem::UserEmailNotSet),
        Sending::Refused(admission) => Err(admission.into()),
    }
}

/// Marks one's address as verified, by the token that was mailed to it.
#[utoipa::path(
    post,
    path = "/api/users/me/verify-email",
    operation_id = "verifyEmail",
    security(("caller" = [])),
    request_body = VerifyBody,
    responses(
        (status = 204),
        (status = 400, description = "invalid_email_verification_token"),
        (status = 429, description = "rate_limited"),
    )
)]
pub(crate) async fn verify(caller: Caller, Json(body): Json<VerifyBody>) -> Result<Reply, Problem> {
    let signed_in = caller.user().await?;
    let call = &caller.call;
    // What cannot be a token is nobody's, and counts like any other guess.
    let token_hash = Secret::from_text(&body.token).map_or([0; 32], |token| token.hash());
    let (gate, user) = (VERIFY.gate_for(call, signed_in.user_id())?, signed_in.user_id());
    match call.run(Verify { gate, user, token_hash, entry: signed_in.entry(call)? }).await? {
        Verified::Done => Ok(Reply::no_content()),
        Verified::Invalid => Err(Problem::InvalidEmailVerificationToken),
        Verified::Refused(admission) => Err(admission.into()),
    }
}

use http_api::{Call, Caller, Cookie, CookieName, Json, Problem, Reply, SignedIn};
use store::audit::Event;
use store::limits::{Admission, Gate};
use store::passkeys::{Reauthenticate, RefuseAssertion, VerificationKey};
use uuid::Uuid;
use webauthn::{Assertion, AuthenticationResponse};

use crate::REAUTHENTICATE;
use crate::authentication::{Presented, reason, refusal};
use crate::json::AuthenticationResponseDto;

/// Asserts one's passkey in a session that goes on.
///
/// Without a body it asks whether that is needed: 204 where an act that needs step-up would be
/// allowed now.
#[utoipa::path(
    post,
    path = "/api/webauthn/reauthenticate",
    operation_id = "reauthenticate",
    security(("browser" = [])),
    request_body = Option<AuthenticationResponseDto>,
    responses(
        (status = 204),
        (status = 400, description = "missing_session_id invalid_webauthn_session \
            passkey_user_verification_required"),
        (status = 401, description = "webauthn_authentication_failed reauthentication_required"),
        (status = 429, description = "rate_limited"),
    )
)]
pub(crate) async fn reauthenticate(
    caller: Caller,
    response: Option<Json<AuthenticationResponse>>,
) -> Result<Reply, Problem> {
    let call = &caller.call;
    let gate = REAUTHENTICATE.gate(call)?;
    let Some(Json(response)) = response else { return still_fresh(&caller, gate).await };
    let presented = Presented::read(call, response)?;
    let (signed_in, consumed) = caller.browser_and(|_| presented.consume(gate)).await?;
    let session = signed_in.session_id().ok_or(Problem::ApiKeyAuthNotAllowed)?;
    let (key, verified) = match presented.verify(call, consumed) {
        Ok(found) => found,
        Err(problem @ Problem::WebauthnAuthenticationFailed) => {
            return refuse(call, &signed_in, problem, "unknown_passkey").await;
        }
        Err(problem) => return Err(problem),
    };
    match verified {
        Ok(_) if key.user_id != signed_in.user_id() => {
            let problem = Problem::WebauthnAuthenticationFailed;
            refuse(call, &signed_in, problem, "another_user").await
        }
        Ok(assertion) => note(call, session, &key, assertion).await,
        Err(error) => refuse(call, &signed_in, refusal(error), reason(error)).await,
    }
}

/// 204 where an act that needs step-up would be allowed now.
async fn still_fresh(caller: &Caller, gate: Gate) -> Result<Reply, Problem> {
    let (signed_in, admission) = caller.browser_and(|_| gate).await?;
    match admission {
        Admission::Admitted => signed_in.step_up(&caller.call).map(|()| Reply::no_content()),
        refused @ Admission::Refused { .. } => Err(refused.into()),
    }
}

async fn note(
    call: &Call,
    session: Uuid,
    key: &VerificationKey,
    assertion: Assertion,
) -> Result<Reply, Problem> {
    let batch = Reauthenticate {
        session,
        credential: key.id,
        sign_count: assertion.sign_count,
        backup_state: assertion.backup_state,
        entry: call.entry()?.with("passkeyId", key.id),
    };
    if !call.run(batch).await? {
        return Err(Problem::WebauthnAuthenticationFailed);
    }
    let cleared = Cookie::clear(CookieName::Ceremony);
    Ok(Reply::no_content().with_cookie(&cleared, call.deployment()))
}

async fn refuse(
    call: &Call,
    signed_in: &SignedIn,
    problem: Problem,
    reason: &str,
) -> Result<Reply, Problem> {
    let (user, event) = (signed_in.user_id(), Event::ReauthenticationFailed);
    let entry = call.entry()?.with("reason", reason);
    call.run(RefuseAssertion { user, event, entry }).await?;
    Err(problem)
}

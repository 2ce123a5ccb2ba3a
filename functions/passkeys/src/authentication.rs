use http_api::{Call, Cookie, CookieName, Fault, Json, Problem, Reply, started_session};
use store::audit::Entry;
use store::passkeys::{
    BeginAuthentication, Begun, ConsumeAuthentication, Consumed, RefuseSignIn, SignIn,
    VerificationKey,
};
use store::sessions::Amr;
use webauthn::{Assertion, AuthenticationError, AuthenticationResponse, CredentialRecord};

use crate::registration::user_handle;
use crate::{LOGIN_FINISH, LOGIN_START, ceremony};

/// `GET /api/webauthn/login/start`: request options for anybody, the same for everybody.
pub(crate) async fn start(call: Call) -> Result<Reply, Problem> {
    let secret = call.new_secret::<32>()?;
    let batch = BeginAuthentication { gate: LOGIN_START.gate(&call)?, secret_hash: secret.hash() };
    let configuration = match call.run(batch).await? {
        Begun::Ceremony(configuration) => configuration,
        Begun::Refused(admission) => return Err(admission.into()),
    };
    let options = ceremony::relying_party(&call, configuration.app_name())?.request_options(
        &ceremony::challenge(&secret),
        ceremony::configured_verification(&configuration),
    );
    Ok(Reply::ok(&options)?.with_cookie(&ceremony::cookie(&secret), call.deployment()))
}

/// `POST /api/webauthn/login/finish`: begins a session if the assertion verifies.
pub(crate) async fn finish(
    call: Call,
    Json(response): Json<AuthenticationResponse>,
) -> Result<Reply, Problem> {
    let secret = ceremony::presented_secret(&call)?;
    let batch = ConsumeAuthentication {
        gate: LOGIN_FINISH.gate(&call)?,
        secret_hash: secret.hash(),
        credential_id: response.credential_id().to_vec(),
    };
    let context = match call.run(batch).await? {
        Consumed::Context(context) => context,
        Consumed::Refused(admission) => return Err(admission.into()),
    };
    let verification = context.user_verification.ok_or(Problem::InvalidWebauthnSession)?;
    let key = context.key.ok_or(Problem::WebauthnAuthenticationFailed)?;
    let verified = ceremony::relying_party(&call, "")?.verify_authentication(
        &ceremony::challenge(&secret),
        ceremony::user_verification(&verification),
        &record(&key, &response),
        &user_handle(key.user_id),
        &response,
    );
    match verified {
        Ok(_) if key.user_disabled => refuse(&call, &key, Problem::UserDisabled, "disabled").await,
        Ok(assertion) => sign_in(&call, &key, assertion).await,
        Err(error) => refuse(&call, &key, refusal(error), reason(error)).await,
    }
}

async fn sign_in(
    call: &Call,
    key: &VerificationKey,
    assertion: Assertion,
) -> Result<Reply, Problem> {
    let (session, secret) = call.new_session(Amr::Phr)?;
    let batch = SignIn {
        credential: key.id,
        sign_count: assertion.sign_count,
        backup_state: assertion.backup_state,
        session,
        entry: entry(call, key)?,
    };
    // Nothing: another assertion with this count was faster, or the user was disabled meanwhile.
    let session = call.run(batch).await?.ok_or(Problem::WebauthnAuthenticationFailed)?;
    let cleared = Cookie::clear(CookieName::Ceremony);
    Ok(started_session(call, session, Amr::Phr, &secret)?.with_cookie(&cleared, call.deployment()))
}

async fn refuse(
    call: &Call,
    key: &VerificationKey,
    problem: Problem,
    reason: &str,
) -> Result<Reply, Problem> {
    let entry = entry(call, key)?.with("reason", reason);
    call.run(RefuseSignIn { user: key.user_id, entry }).await?;
    Err(problem)
}

fn entry(call: &Call, key: &VerificationKey) -> Result<Entry, Problem> {
    Ok(call.entry()?.with("passkeyId", key.id))
}

fn record(key: &VerificationKey, response: &AuthenticationResponse) -> CredentialRecord {
    CredentialRecord {
        credential_id: response.credential_id().to_vec(),
        public_key: key.public_key.clone(),
        algorithm: key.algorithm,
        sign_count: key.sign_count,
        user_verified: key.user_verified,
        backup_eligible: key.backup_eligible,
        backup_state: key.backup_state,
        transports: Vec::new(),
        aaguid: key.aaguid,
        attestation_format: key.attestation_format.clone(),
    }
}

fn refusal(error: AuthenticationError) -> Problem {
    match error {
        AuthenticationError::UserNotVerified => Problem::PasskeyUserVerificationRequired,
        AuthenticationError::Record => Problem::Internal(Fault::CredentialRecord),
        AuthenticationError::WrongCredential
        | AuthenticationError::NoUserHandle
        | AuthenticationError::WrongUserHandle
        | AuthenticationError::ClientData(_)
        | AuthenticationError::AuthenticatorData(_)
        | AuthenticationError::BackupEligibilityChanged
        | AuthenticationError::Signature
        | AuthenticationError::SignCountRegressed => Problem::WebauthnAuthenticationFailed,
    }
}

/// Why, for the audit log.
fn reason(error: AuthenticationError) -> &'static str {
    match error {
        AuthenticationError::SignCountRegressed => "sign_count_regressed",
        AuthenticationError::UserNotVerified => "user_not_verified",
        AuthenticationError::Signature => "signature",
        AuthenticationError::NoUserHandle | AuthenticationError::WrongUserHandle => "user_handle",
        AuthenticationError::ClientData(_) => "client_data",
        AuthenticationError::AuthenticatorData(_) => "authenticator_data",
        AuthenticationError::BackupEligibilityChanged => "backup_eligibility_changed",
        AuthenticationError::WrongCredential => "credential",
        AuthenticationError::Record => "unusable_record",
    }
}

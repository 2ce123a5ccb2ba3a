use domain::device_name;
use http_api::{
    Call, Cookie, CookieName, Fault, Json, Problem, Reply, Secret, UserDto, started_session,
};
use store::audit::{Entry, Event};
use store::known_devices::Device;
use store::limits::Gate;
use store::outbox::Kind;
use store::passkeys::{
    BeginAuthentication, Begun, ConsumeAuthentication, Consumed, RefuseAssertion, SignIn,
    VerificationKey,
};
use store::sessions::Amr;
use webauthn::{Assertion, AuthenticationError, AuthenticationResponse, CredentialRecord};

use crate::json::{AuthenticationResponseDto, RequestOptionsDto};
use crate::registration::user_handle;
use crate::{LOGIN_FINISH, LOGIN_START, ceremony};

/// Begins an authentication ceremony.
///
/// The same options for everybody; the cookie binds the ceremony to the browser for a minute.
#[utoipa::path(
    get,
    path = "/api/webauthn/login/start",
    operation_id = "startAuthentication",
    responses(
        (status = 200, body = RequestOptionsDto, headers(("Set-Cookie" = String))),
        (status = 429, description = "rate_limited"),
    )
)]
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

/// Ends an authentication ceremony with an assertion and begins a session.
#[utoipa::path(
    post,
    path = "/api/webauthn/login/finish",
    operation_id = "finishAuthentication",
    request_body = AuthenticationResponseDto,
    responses(
        (status = 200, body = UserDto, headers(("Set-Cookie" = String))),
        (status = 400, description = "missing_session_id invalid_webauthn_session \
            passkey_user_verification_required"),
        (status = 401, description = "webauthn_authentication_failed"),
        (status = 403, description = "user_disabled"),
        (status = 429, description = "rate_limited"),
    )
)]
pub(crate) async fn finish(
    call: Call,
    Json(response): Json<AuthenticationResponse>,
) -> Result<Reply, Problem> {
    let presented = Presented::read(&call, response)?;
    let consumed = call.run(presented.consume(LOGIN_FINISH.gate(&call)?)).await?;
    let (key, verified) = presented.verify(&call, consumed)?;
    match verified {
        Ok(_) if key.user_disabled => refuse(&call, &key, Problem::UserDisabled, "disabled").await,
        Ok(assertion) => sign_in(&call, &key, assertion).await,
        Err(error) => refuse(&call, &key, refusal(error), reason(error)).await,
    }
}

/// An assertion as presented, with the secret of the ceremony that it ends.
pub(crate) struct Presented {
    secret: Secret,
    response: AuthenticationResponse,
}

impl Presented {
    pub(crate) fn read(call: &Call, response: AuthenticationResponse) -> Result<Self, Problem> {
        Ok(Self { secret: ceremony::presented_secret(call)?, response })
    }

    /// The first trip: the ceremony is over, whatever comes of it.
    pub(crate) fn consume(&self, gate: Gate) -> ConsumeAuthentication {
        ConsumeAuthentication {
            gate,
            secret_hash: self.secret.hash(),
            credential_id: self.response.credential_id().to_vec(),
        }
    }

    /// Whose passkey it is, and whether its assertion verifies.
    pub(crate) fn verify(
        &self,
        call: &Call,
        consumed: Consumed,
    ) -> Result<(VerificationKey, Result<Assertion, AuthenticationError>), Problem> {
        let context = match consumed {
            Consumed::Context(context) => context,
            Consumed::Refused(admission) => return Err(admission.into()),
        };
        let verification = context.user_verification.ok_or(Problem::InvalidWebauthnSession)?;
        let key = context.key.ok_or(Problem::WebauthnAuthenticationFailed)?;
        let verified = ceremony::relying_party(call, "")?.verify_authentication(
            &ceremony::challenge(&self.secret),
            ceremony::user_verification(&verification),
            &record(&key, &self.response),
            &user_handle(key.user_id),
            &self.response,
        );
        Ok((key, verified))
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
        device: device(call)?,
        entry: entry(call, key)?,
    };
    // Nothing: another assertion with this count was faster, or the user was disabled meanwhile.
    let signed_in = call.run(batch).await?.ok_or(Problem::WebauthnAuthenticationFailed)?;
    if signed_in.mail_queued {
        call.wake_dispatcher().await;
    }
    let cleared = Cookie::clear(CookieName::Ceremony);
    let reply = started_session(call, signed_in.session, Amr::Phr, &secret)?;
    Ok(reply.with_cookie(&cleared, call.deployment()))
}

/// Where the assertion comes from, and the mail that tells of it if nobody has signed in from there.
fn device(call: &Call) -> Result<Device, Problem> {
    let client = call.client();
    let mail = call
        .mail(Kind::NewSignIn)?
        .with("device", device_name(&client.user_agent))
        .with("address", client.ip_address.as_str());
    Ok(Device { hash: call.device_hash(), mail })
}

async fn refuse(
    call: &Call,
    key: &VerificationKey,
    problem: Problem,
    reason: &str,
) -> Result<Reply, Problem> {
    let entry = entry(call, key)?.with("reason", reason);
    let (user, event) = (key.user_id, Event::SignInFailed);
    call.run(RefuseAssertion { user, event, entry }).await?;
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

pub(crate) fn refusal(error: AuthenticationError) -> Problem {
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
pub(crate) fn reason(error: AuthenticationError) -> &'static str {
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

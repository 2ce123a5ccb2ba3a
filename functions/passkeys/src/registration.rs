use domain::CredentialName;
use http_api::{Caller, Cookie, CookieName, CredentialDto, Json, Problem, Property, Reply};
use store::passkeys::{BeginRegistration, ConsumeRegistration, Register};
use uuid::Uuid;
use webauthn::{
    CredentialDescriptor, CredentialRecord, RegistrationError, RegistrationResponse, UserEntity,
    aaguid,
};

use crate::ceremony;
use crate::json::{CreationOptionsDto, RegistrationResponseDto};

/// Begins a registration ceremony.
///
/// In a session in which a passkey was asserted it needs step-up. The cookie binds the ceremony to the browser for a minute.
#[utoipa::path(
    get,
    path = "/api/webauthn/register/start",
    operation_id = "startRegistration",
    security(("browser" = [])),
    responses(
        (status = 200, body = CreationOptionsDto, headers(("Set-Cookie" = String))),
        (status = 401, description = "reauthentication_required"),
    )
)]
pub(crate) async fn start(caller: Caller) -> Result<Reply, Problem> {
    let call = &caller.call;
    let secret = call.new_secret::<32>()?;
    let begin = |session| BeginRegistration { session, secret_hash: secret.hash(), at: call.now() };
    let (signed_in, context) = caller.browser_and(begin).await?;
    signed_in.step_up_to_register(call)?;
    let user = context.user.ok_or(Problem::NotSignedIn)?;
    let configuration = &context.configuration;
    let verification = ceremony::configured_verification(configuration);
    let exclude: Vec<_> = user
        .credentials
        .into_iter()
        .map(|known| CredentialDescriptor {
            credential_id: known.credential_id,
            transports: known.transports,
        })
        .collect();
    let options = ceremony::relying_party(call, configuration.app_name())?.creation_options(
        &ceremony::challenge(&secret),
        &UserEntity {
            handle: user_handle(signed_in.user_id()),
            name: signed_in.username().to_owned(),
            display_name: user.display_name,
        },
        &exclude,
        &ceremony::registration_policy(configuration, verification),
    );
    Ok(Reply::ok(&options)?.with_cookie(&ceremony::cookie(&secret), call.deployment()))
}

/// Ends a registration ceremony and keeps the credential if its attestation verifies.
#[utoipa::path(
    post,
    path = "/api/webauthn/register/finish",
    operation_id = "finishRegistration",
    security(("browser" = [])),
    request_body = RegistrationResponseDto,
    responses(
        (status = 200, body = CredentialDto),
        (status = 400, description = "missing_session_id invalid_webauthn_session \
            invalid_webauthn_response passkey_user_verification_required \
            synced_passkey_not_allowed"),
        (status = 409, description = "already_in_use"),
    )
)]
pub(crate) async fn finish(
    caller: Caller,
    Json(response): Json<RegistrationResponse>,
) -> Result<Reply, Problem> {
    let call = &caller.call;
    let secret = ceremony::presented_secret(call)?;
    let consume = |_| ConsumeRegistration { secret_hash: secret.hash(), at: call.now() };
    let (signed_in, (begun, configuration)) = caller.browser_and(consume).await?;
    let begun = begun
        .filter(|begun| begun.user_id == signed_in.user_id())
        .ok_or(Problem::InvalidWebauthnSession)?;
    let verification = ceremony::user_verification(&begun.user_verification);
    let record = ceremony::relying_party(call, configuration.app_name())?
        .verify_registration(
            &ceremony::challenge(&secret),
            &ceremony::registration_policy(&configuration, verification),
            &response,
        )
        .map_err(refusal)?;
    let kept = call.run(register(&caller, signed_in.user_id(), record)?).await?;
    let kept = kept.ok_or(Problem::AlreadyInUse(Property::Passkey))?;
    let cleared = Cookie::clear(CookieName::Ceremony);
    Ok(Reply::ok(&CredentialDto::from(kept))?.with_cookie(&cleared, call.deployment()))
}

/// The user handle is the identifier's text, as Pocket ID has it: passkeys move over.
pub(crate) fn user_handle(user: Uuid) -> Vec<u8> {
    user.to_string().into_bytes()
}

fn register(caller: &Caller, user: Uuid, record: CredentialRecord) -> Result<Register, Problem> {
    let call = &caller.call;
    let name = aaguid::product_name(&record.aaguid).unwrap_or("New Passkey");
    Ok(Register {
        id: call.new_id()?,
        user,
        credential_id: record.credential_id,
        public_key: record.public_key,
        algorithm: record.algorithm,
        sign_count: record.sign_count,
        user_verified: record.user_verified,
        backup_eligible: record.backup_eligible,
        backup_state: record.backup_state,
        transports: record.transports,
        aaguid: record.aaguid,
        attestation_format: record.attestation_format,
        name: CredentialName::known(name),
        entry: call.entry()?.with("passkeyName", name),
    })
}

fn refusal(error: RegistrationError) -> Problem {
    match error {
        RegistrationError::UserNotVerified => Problem::PasskeyUserVerificationRequired,
        RegistrationError::SyncedNotAllowed => Problem::SyncedPasskeyNotAllowed,
        RegistrationError::ClientData(_)
        | RegistrationError::AuthenticatorData(_)
        | RegistrationError::AttestationObject
        | RegistrationError::NoAttestedCredential
        | RegistrationError::WrongCredentialId
        | RegistrationError::AlgorithmNotOffered
        | RegistrationError::PublicKey
        | RegistrationError::AttestationFormat
        | RegistrationError::AttestationStatement
        | RegistrationError::NotDiscoverable => Problem::InvalidWebauthnResponse,
    }
}

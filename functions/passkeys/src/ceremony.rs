use http_api::{Call, Cookie, CookieName, Fault, Problem, Secret};
use store::configuration::Configuration;
use webauthn::{
    AuthenticatorAttachment, Challenge, RegistrationPolicy, RelyingParty, UserVerification,
};

/// The cookie of a ceremony outlives it by nothing.
const CEREMONY_SECONDS: i64 = 60;

/// The deployment as relying party: its host is the RP ID, its origin the only one.
pub(crate) fn relying_party(call: &Call, name: &str) -> Result<RelyingParty, Problem> {
    RelyingParty::new(&call.deployment().app_url, name)
        .map_err(|_| Problem::Internal(Fault::RelyingParty))
}

/// The challenge is derived from the secret in the ceremony's cookie: as random as that, and
/// nowhere in the database.
pub(crate) fn challenge(secret: &Secret) -> Challenge {
    Challenge::from_bytes(secret.derive("webauthn challenge"))
}

/// The secret that the browser got when the ceremony began.
pub(crate) fn presented_secret(call: &Call) -> Result<Secret, Problem> {
    let value = call.cookie(CookieName::Ceremony).ok_or(Problem::MissingSessionId)?;
    Secret::from_text(value).ok_or(Problem::InvalidWebauthnSession)
}

/// The cookie that binds a ceremony to this browser.
pub(crate) fn cookie(secret: &Secret) -> Cookie {
    Cookie::new(CookieName::Ceremony, secret.to_text(), CEREMONY_SECONDS)
}

/// User verification as a ceremony's row says it. Anything unknown is the stricter one.
pub(crate) fn user_verification(stored: &str) -> UserVerification {
    match stored {
        "preferred" => UserVerification::Preferred,
        _ => UserVerification::Required,
    }
}

/// User verification as the configuration asks for it.
pub(crate) fn configured_verification(configuration: &Configuration) -> UserVerification {
    if configuration.require_user_verification() {
        UserVerification::Required
    } else {
        UserVerification::Preferred
    }
}

/// What may be registered.
pub(crate) fn registration_policy(
    configuration: &Configuration,
    user_verification: UserVerification,
) -> RegistrationPolicy {
    RegistrationPolicy {
        user_verification,
        attachment: match configuration.authenticator_attachment() {
            "platform" => AuthenticatorAttachment::Platform,
            "cross-platform" => AuthenticatorAttachment::CrossPlatform,
            _ => AuthenticatorAttachment::Any,
        },
        allow_synced: configuration.allow_synced_passkeys(),
    }
}

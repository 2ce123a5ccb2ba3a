//! One relying party, one user, one authenticator, and both ceremonies between
//! them. Each test makes its own.

use authenticator::{Authenticator, Tamper};
use postern_webauthn::{
    Assertion, AuthenticationError, AuthenticatorAttachment, Challenge, CredentialRecord,
    RegistrationError, RegistrationPolicy, RelyingParty, UserEntity, UserVerification,
};
use serde_json::{Value, json};

pub(crate) const ORIGIN: &str = "https://id.example.com";
pub(crate) const HANDLE: &[u8] = b"0b0f8c5e-5d3f-4b53-9d0c-5f1f0b9f3a11";
pub(crate) const POLICY: RegistrationPolicy = RegistrationPolicy {
    user_verification: UserVerification::Required,
    attachment: AuthenticatorAttachment::Any,
    allow_synced: true,
};
pub(crate) const LENIENT: RegistrationPolicy =
    RegistrationPolicy { user_verification: UserVerification::Preferred, ..POLICY };

pub(crate) fn relying_party() -> RelyingParty {
    RelyingParty::new(ORIGIN, "Example").expect("the origin is one")
}

pub(crate) fn challenge() -> Challenge {
    Challenge::from_bytes([7; 32])
}

pub(crate) fn user() -> UserEntity {
    UserEntity { handle: HANDLE.to_vec(), name: "ada".into(), display_name: "Ada".into() }
}

pub(crate) fn authenticator() -> Authenticator {
    Authenticator::new([1; 32])
}

/// The answer to the creation options, bent by `tamper`.
pub(crate) fn created(authenticator: &mut Authenticator, tamper: &Tamper) -> Value {
    let options = relying_party().creation_options(&challenge(), &user(), &[], &POLICY);
    authenticator.create_with(ORIGIN, &json!(options), tamper)
}

pub(crate) fn register(
    answer: Value,
    policy: RegistrationPolicy,
) -> Result<CredentialRecord, RegistrationError> {
    let response = serde_json::from_value(answer).expect("the answer is a response");
    relying_party().verify_registration(&challenge(), &policy, &response)
}

/// The record of a credential that was registered without any bending.
pub(crate) fn registered(authenticator: &mut Authenticator) -> CredentialRecord {
    let answer = created(authenticator, &Tamper::default());
    register(answer, LENIENT).expect("an honest registration verifies")
}

/// The answer to the request options, bent by `tamper`.
pub(crate) fn asserted(authenticator: &mut Authenticator, tamper: &Tamper) -> Value {
    let options = relying_party().request_options(&challenge(), UserVerification::Required);
    authenticator.get_with(ORIGIN, &json!(options), tamper).expect("there is a credential")
}

pub(crate) fn authenticate(
    answer: Value,
    record: &CredentialRecord,
    user_verification: UserVerification,
) -> Result<Assertion, AuthenticationError> {
    let response = serde_json::from_value(answer).expect("the answer is a response");
    relying_party().verify_authentication(
        &challenge(),
        user_verification,
        record,
        HANDLE,
        &response,
    )
}

/// Every proper prefix, one byte too many, and a flip in every byte.
pub(crate) fn mutations(honest: &[u8]) -> Vec<Vec<u8>> {
    let mut all: Vec<_> = (0..honest.len()).map(|end| honest[..end].to_vec()).collect();
    all.push([honest, &[0]].concat());
    for at in 0..honest.len() {
        let mut flipped = honest.to_vec();
        flipped[at] ^= 1 << (at % 8);
        all.push(flipped);
    }
    all
}

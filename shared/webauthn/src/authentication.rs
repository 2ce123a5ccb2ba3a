//! Verifying an assertion (§7.2) by `WebauthnCore::authenticate_single_credential`
//! and, before it, the checks it lacks: the user handle, the exact origin, the
//! cross-origin members, trailing bytes. Steps (1) to (5) are the page's.

use serde_json::json;
use webauthn_rs_core::error::WebauthnError;
use webauthn_rs_core::proto::{
    AttestationFormat, AuthenticationExtensionsClientOutputs, AuthenticationState,
    AuthenticatorAssertionResponseRaw, Credential, ParsedAttestation, PublicKeyCredential,
    RegisteredExtensions, UserVerificationPolicy,
};

use crate::authenticator_data::AuthenticatorData;
use crate::{
    Assertion, AuthenticationError, AuthenticationResponse, Challenge, CredentialRecord,
    RelyingParty, UserVerification, algorithm, client_data, encoding,
};

/// What is expected of the answer.
pub(crate) struct Ceremony<'a> {
    pub(crate) rp: &'a RelyingParty,
    pub(crate) challenge: &'a Challenge,
    pub(crate) user_verification: UserVerification,
}

impl Ceremony<'_> {
    pub(crate) fn verify(
        &self,
        record: &CredentialRecord,
        expected_handle: &[u8],
        response: &AuthenticationResponse,
    ) -> Result<Assertion, AuthenticationError> {
        // (6)
        check_credential_id(record, response)?;
        check_user_handle(expected_handle, response)?;
        // (7)–(14)
        let json = &response.client_data_json;
        client_data::verify(json, client_data::GET, self.challenge, self.rp)?;
        // (15)–(19)
        let data = AuthenticatorData::decode(&response.authenticator_data)?;
        self.check_authenticator_data(&data, record)?;
        // (20)–(22), and all but (6), (13) and (14) once more.
        let result = self
            .rp
            .core
            .authenticate_single_credential(
                &library_response(response),
                &self.library_state()?,
                &library_credential(record)?,
            )
            .map_err(|error| refusal(&error))?;
        // (23): no extension was asked for; outputs are ignored.
        // (24)
        Ok(Assertion {
            sign_count: result.counter(),
            backup_state: result.backup_state(),
            user_verified: result.user_verified(),
        })
    }

    fn check_authenticator_data(
        &self,
        data: &AuthenticatorData<'_>,
        record: &CredentialRecord,
    ) -> Result<(), AuthenticationError> {
        // (15)
        data.check_rp_id(self.rp)?;
        // (16)
        data.check_user_present()?;
        // (17)
        if self.user_verification == UserVerification::Required && !data.user_verified() {
            return Err(AuthenticationError::UserNotVerified);
        }
        // (18)
        data.check_backup_flags()?;
        // (19)
        if data.backup_eligible() != record.backup_eligible {
            return Err(AuthenticationError::BackupEligibilityChanged);
        }
        Ok(())
    }

    /// The library makes this state together with its own challenge, and reads
    /// it back with serde. The serialised form is thus its public way in for a
    /// challenge that the Entropy port drew; a test pins it.
    fn library_state(&self) -> Result<AuthenticationState, AuthenticationError> {
        serde_json::from_value(json!({
            "credentials": [],
            "policy": self.user_verification,
            "challenge": self.challenge.encoded(),
            "appid": null,
            "allow_backup_eligible_upgrade": false,
        }))
        .map_err(|_| AuthenticationError::Refused)
    }
}

fn check_credential_id(
    record: &CredentialRecord,
    response: &AuthenticationResponse,
) -> Result<(), AuthenticationError> {
    if record.credential_id == response.credential_id {
        return Ok(());
    }
    Err(AuthenticationError::WrongCredential)
}

fn check_user_handle(
    expected: &[u8],
    response: &AuthenticationResponse,
) -> Result<(), AuthenticationError> {
    match response.user_handle() {
        None => Err(AuthenticationError::NoUserHandle),
        Some(handle) if handle == expected => Ok(()),
        Some(_) => Err(AuthenticationError::WrongUserHandle),
    }
}

/// The library holds a credential to the policy it was registered under, and
/// with `Preferred` to the UV flag it had then. In Postern the policy of the
/// ceremony at hand decides (17), so both are given at their mildest.
fn library_credential(record: &CredentialRecord) -> Result<Credential, AuthenticationError> {
    Ok(Credential {
        cred_id: record.credential_id.clone(),
        cred: algorithm::read_key(&record.public_key).ok_or(AuthenticationError::Record)?,
        counter: record.sign_count,
        transports: None,
        user_verified: false,
        backup_eligible: record.backup_eligible,
        backup_state: record.backup_state,
        registration_policy: UserVerificationPolicy::Preferred,
        extensions: RegisteredExtensions::none(),
        attestation: ParsedAttestation::default(),
        attestation_format: AttestationFormat::None,
    })
}

fn library_response(response: &AuthenticationResponse) -> PublicKeyCredential {
    PublicKeyCredential {
        id: encoding::encode(&response.credential_id),
        raw_id: response.credential_id.clone(),
        response: AuthenticatorAssertionResponseRaw {
            authenticator_data: response.authenticator_data.clone(),
            client_data_json: response.client_data_json.clone(),
            signature: response.signature.clone(),
            user_handle: response.user_handle.clone(),
        },
        extensions: AuthenticationExtensionsClientOutputs::default(),
        type_: "public-key".to_owned(),
    }
}

/// Our own checks ran first, so the library is left with these two. Whatever
/// else it finds is a difference between its reading and ours.
fn refusal(error: &WebauthnError) -> AuthenticationError {
    match error {
        WebauthnError::AuthenticationFailure | WebauthnError::SignatureInvalid => {
            AuthenticationError::Signature
        }
        WebauthnError::CredentialPossibleCompromise => AuthenticationError::SignCountRegressed,
        _ => AuthenticationError::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_state_of_the_library_still_has_the_form_we_write() {
        let rp = RelyingParty::new("https://id.example.com", "Example").unwrap();
        let challenge = Challenge::from_bytes([7; 32]);
        let ceremony = Ceremony {
            rp: &rp,
            challenge: &challenge,
            user_verification: UserVerification::Required,
        };
        let state = ceremony.library_state().unwrap();
        assert_eq!(
            serde_json::to_string(&state).unwrap(),
            concat!(
                r#"{"credentials":[],"policy":"required","#,
                r#""challenge":"BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc","#,
                r#""appid":null,"allow_backup_eligible_upgrade":false}"#,
            )
        );
    }
}

//! Verifying an assertion (§7.2). Steps (1) to (5) are the page's.
//!
//! Not by `WebauthnCore::authenticate_single_credential`: its state can only be made by the library
//! itself, with randomness of its own, and it leaves out the user handle, the cross-origin members
//! and trailing bytes, so every check but the signature would stand here anyway. Keys and
//! signatures are the library's.

use webauthn_rs_core::crypto::compute_sha256;

use crate::authenticator_data::AuthenticatorData;
use crate::{
    Assertion, AuthenticationError, AuthenticationResponse, Challenge, CredentialRecord,
    RelyingParty, UserVerification, algorithm, client_data,
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
        // (20), (21)
        check_signature(record, response)?;
        // (22)
        check_sign_count(record, data.sign_count)?;
        // (23): no extension was asked for; outputs are ignored.
        // (24)
        Ok(Assertion {
            sign_count: data.sign_count,
            backup_state: data.backup_state(),
            user_verified: data.user_verified(),
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

/// The signature is over the authenticator data and the hash of the client data.
fn check_signature(
    record: &CredentialRecord,
    response: &AuthenticationResponse,
) -> Result<(), AuthenticationError> {
    let key = algorithm::read_key(&record.public_key).ok_or(AuthenticationError::Record)?;
    let hash = compute_sha256(&response.client_data_json);
    let signed = [response.authenticator_data.as_slice(), hash.as_slice()].concat();
    match key.verify_signature(&response.signature, &signed) {
        Ok(true) => Ok(()),
        Ok(false) | Err(_) => Err(AuthenticationError::Signature),
    }
}

/// Zero on both sides: the authenticator does not count. Otherwise the count must have grown; we
/// refuse one that has not, which the spec leaves to us.
fn check_sign_count(record: &CredentialRecord, count: u32) -> Result<(), AuthenticationError> {
    if count > record.sign_count || (count == 0 && record.sign_count == 0) {
        return Ok(());
    }
    Err(AuthenticationError::SignCountRegressed)
}

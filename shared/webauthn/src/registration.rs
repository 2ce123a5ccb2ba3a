//! Registering a new credential (§7.1). Steps (1) to (4) are the page's.
//!
//! Not by `WebauthnCore::register_credential`: it reads the system clock for
//! certificates we don't ask for, and the clock panics on Cloudflare Workers.

use webauthn_rs_core::crypto::compute_sha256;
use webauthn_rs_core::proto::COSEKey;

use crate::attestation::AttestationObject;
use crate::authenticator_data::{AttestedCredential, AuthenticatorData};
use crate::{
    Challenge, CredentialRecord, OFFERED_ALGORITHMS, RegistrationError, RegistrationPolicy,
    RegistrationResponse, RelyingParty, UserVerification, algorithm, client_data,
};

const TRANSPORTS: [&str; 6] = ["usb", "nfc", "ble", "smart-card", "hybrid", "internal"];

pub(crate) fn verify(
    rp: &RelyingParty,
    challenge: &Challenge,
    policy: RegistrationPolicy,
    response: &RegistrationResponse,
) -> Result<CredentialRecord, RegistrationError> {
    // (5)–(11)
    client_data::verify(&response.client_data_json, client_data::CREATE, challenge, rp)?;
    // (12)
    let client_data_hash = compute_sha256(&response.client_data_json);
    // (13)
    let object = AttestationObject::decode(&response.attestation_object)?;
    let data = AuthenticatorData::decode(&object.authenticator_data)?;
    let attested = data.attested.as_ref().ok_or(RegistrationError::NoAttestedCredential)?;
    check_credential_id(attested, response)?;
    // (14)
    data.check_rp_id(rp)?;
    // (15)
    data.check_user_present()?;
    // (16)
    check_user_verified(&data, policy)?;
    // (17)
    data.check_backup_flags()?;
    // (18), (19)
    check_synced(&data, policy)?;
    // (20)
    let key = check_public_key(attested)?;
    // (21)
    object.check_format()?;
    // (22)
    object.verify(&key, &client_data_hash)?;
    // (23), (24): with conveyance `none` there is no trust to assess.
    // (25): the length of the credential ID was checked while decoding.
    // (26): the store refuses a credential ID it knows, in the statement that
    // inserts the record, for only there the check can't be raced.
    // (28)
    check_discoverable(response)?;
    // (27)
    Ok(record(&data, attested, &key, object.format, response))
}

fn check_credential_id(
    attested: &AttestedCredential<'_>,
    response: &RegistrationResponse,
) -> Result<(), RegistrationError> {
    if attested.credential_id == response.credential_id {
        return Ok(());
    }
    Err(RegistrationError::WrongCredentialId)
}

fn check_user_verified(
    data: &AuthenticatorData<'_>,
    policy: RegistrationPolicy,
) -> Result<(), RegistrationError> {
    if policy.user_verification == UserVerification::Required && !data.user_verified() {
        return Err(RegistrationError::UserNotVerified);
    }
    Ok(())
}

fn check_synced(
    data: &AuthenticatorData<'_>,
    policy: RegistrationPolicy,
) -> Result<(), RegistrationError> {
    if data.backup_eligible() && !policy.allow_synced {
        return Err(RegistrationError::SyncedNotAllowed);
    }
    Ok(())
}

fn check_public_key(attested: &AttestedCredential<'_>) -> Result<COSEKey, RegistrationError> {
    let alg = algorithm::identifier(attested.public_key).ok_or(RegistrationError::PublicKey)?;
    if !OFFERED_ALGORITHMS.contains(&alg) {
        return Err(RegistrationError::AlgorithmNotOffered);
    }
    algorithm::read_key(attested.public_key).ok_or(RegistrationError::PublicKey)
}

/// Silence is accepted: `credProps` is optional for clients (§10.1.3). A plain
/// no is not: nobody could sign in with such a credential here.
fn check_discoverable(response: &RegistrationResponse) -> Result<(), RegistrationError> {
    if response.discoverable == Some(false) {
        return Err(RegistrationError::NotDiscoverable);
    }
    Ok(())
}

fn record(
    data: &AuthenticatorData<'_>,
    attested: &AttestedCredential<'_>,
    key: &COSEKey,
    format: String,
    response: &RegistrationResponse,
) -> CredentialRecord {
    CredentialRecord {
        credential_id: attested.credential_id.to_vec(),
        public_key: attested.public_key.to_vec(),
        algorithm: i64::from(key.type_ as i32),
        sign_count: data.sign_count,
        user_verified: data.user_verified(),
        backup_eligible: data.backup_eligible(),
        backup_state: data.backup_state(),
        transports: known_transports(&response.transports),
        aaguid: attested.aaguid,
        attestation_format: format,
    }
}

/// In the order of the table, each once. Six are known, so there are never
/// more than eight.
fn known_transports(claimed: &[String]) -> Vec<String> {
    let is_claimed = |known: &&&str| claimed.iter().any(|transport| transport == **known);
    TRANSPORTS.iter().filter(is_claimed).map(|&known| known.to_owned()).collect()
}

//! The specification's test vectors (§16), in `tests/vectors/`: bytes in
//! hexadecimal, client data as text. When they were written down, their
//! signatures, certificates and nonces were verified with another library.
//!
//! Left out: §16.9 (ES512), whose challenges have 128 bytes where ours have 32,
//! and §16.12 (Ed448). Neither algorithm is offered.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use postern_webauthn::{
    Assertion, AuthenticationError, AuthenticatorAttachment, Challenge, ClientDataError,
    CredentialRecord, RegistrationError, RegistrationPolicy, RelyingParty, UserVerification,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::mutations;

#[derive(Deserialize)]
struct Vector {
    registration: BTreeMap<String, String>,
    authentication: Option<BTreeMap<String, String>>,
}

macro_rules! vector {
    ($name:literal) => {
        Vector::read(include_str!(concat!("../vectors/", $name, ".json")))
    };
}

#[test]
fn none_es256_registers_and_signs_in() {
    let record = vector!("none-es256").registers_and_signs_in();
    assert_eq!(record.attestation_format, "none");
    assert_eq!(hex(&record.aaguid), "8446ccb9ab1db374750b2367ff6f3a1f");
    assert!(record.backup_eligible && record.backup_state && !record.user_verified);
}

#[test]
fn packed_self_es256_registers_and_signs_in() {
    let record = vector!("self-es256").registers_and_signs_in();
    assert_eq!(record.attestation_format, "packed");
}

#[test]
fn packed_self_es256_over_other_client_data_is_refused() {
    let mut vector = vector!("self-es256");
    vector.registration.entry("clientDataJSON".into()).and_modify(|json| json.push(' '));
    assert_eq!(vector.register(), Err(RegistrationError::AttestationStatement));
}

#[test]
fn a_credential_id_of_1023_bytes_registers_and_signs_in() {
    let record = vector!("none-es256-long-credential-id").registers_and_signs_in();
    assert_eq!(record.credential_id.len(), 1023);
}

#[test]
fn packed_es256_registers_and_signs_in() {
    let record = vector!("packed-es256").registers_and_signs_in();
    assert_eq!(record.attestation_format, "packed");
}

#[test]
fn packed_es384_registers_and_signs_in() {
    let record = vector!("packed-es384").registers_and_signs_in();
    assert_eq!(record.algorithm, -35);
}

/// Ours, made with a key of OpenSSL: the specification has no RSA key that the
/// library takes.
#[test]
fn packed_self_rs256_of_2048_bits_registers_and_signs_in() {
    let record = vector!("own-self-rs256").registers_and_signs_in();
    assert_eq!(record.algorithm, -257);
}

#[test]
fn no_truncation_or_flip_of_an_attestation_object_makes_us_panic() {
    for mut vector in [vector!("own-self-rs256"), vector!("packed-es384"), vector!("tpm-es256")] {
        let honest = bytes(&vector.registration["attestationObject"]);
        for mutation in mutations(&honest) {
            vector.registration.insert("attestationObject".into(), hex(&mutation));
            let _outcome = vector.register();
        }
    }
}

#[test]
fn formats_that_are_not_assessed_register_and_sign_in_under_their_names() {
    for (vector, format) in [
        (vector!("tpm-es256"), "tpm"),
        (vector!("android-key-es256"), "android-key"),
        (vector!("apple-es256"), "apple"),
        (vector!("fido-u2f-es256"), "fido-u2f"),
    ] {
        assert_eq!(vector.registers_and_signs_in().attestation_format, format);
    }
}

/// The vectors show what a relying party may allow. Nothing of ours is framed
/// by another origin, so our policy refuses both halves of them.
#[test]
fn ceremonies_in_a_frame_of_another_origin_are_refused() {
    for vector in [vector!("none-es256-cross-origin"), vector!("none-es256-top-origin")] {
        let refusal = ClientDataError::CrossOrigin;
        assert_eq!(vector.register(), Err(RegistrationError::ClientData(refusal)));
        let record = vector!("none-es256").register().unwrap();
        let record = CredentialRecord { credential_id: vector.credential_id(), ..record };
        let refusal = AuthenticationError::ClientData(refusal);
        assert_eq!(vector.authenticate(&record), Err(refusal));
    }
}

#[test]
fn eddsa_was_not_offered_and_is_refused() {
    let outcome = vector!("packed-eddsa").register();
    assert_eq!(outcome, Err(RegistrationError::AlgorithmNotOffered));
}

/// The vector's key has 3482 bits. The library takes RSA keys of 2048 bits,
/// which is what TPMs make.
#[test]
fn an_rsa_key_of_an_odd_size_is_refused() {
    let outcome = vector!("packed-rs256").register();
    assert_eq!(outcome, Err(RegistrationError::PublicKey));
}

impl Vector {
    fn read(json: &str) -> Self {
        serde_json::from_str(json).unwrap()
    }

    fn registers_and_signs_in(&self) -> CredentialRecord {
        let record = self.register().unwrap();
        let assertion: Assertion = self.authenticate(&record).unwrap();
        assert_eq!(assertion.sign_count, 0);
        record
    }

    fn register(&self) -> Result<CredentialRecord, RegistrationError> {
        let policy = RegistrationPolicy {
            user_verification: UserVerification::Preferred,
            attachment: AuthenticatorAttachment::Any,
            allow_synced: true,
        };
        let response = self.response(&json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(&self.registration["clientDataJSON"]),
            "attestationObject": base64url(&self.registration["attestationObject"]),
        }));
        relying_party().verify_registration(
            &challenge(&self.registration),
            &policy,
            &serde_json::from_value(response).unwrap(),
        )
    }

    /// The vectors have no user handle, and it is not signed: we add one.
    fn authenticate(&self, record: &CredentialRecord) -> Result<Assertion, AuthenticationError> {
        let values = self.authentication.as_ref().unwrap();
        let response = self.response(&json!({
            "clientDataJSON": URL_SAFE_NO_PAD.encode(&values["clientDataJSON"]),
            "authenticatorData": base64url(&values["authenticatorData"]),
            "signature": base64url(&values["signature"]),
            "userHandle": URL_SAFE_NO_PAD.encode("ada"),
        }));
        relying_party().verify_authentication(
            &challenge(values),
            UserVerification::Preferred,
            record,
            b"ada",
            &serde_json::from_value(response).unwrap(),
        )
    }

    fn response(&self, response: &Value) -> Value {
        let id = URL_SAFE_NO_PAD.encode(self.credential_id());
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response })
    }

    fn credential_id(&self) -> Vec<u8> {
        bytes(&self.registration["credentialId"])
    }
}

fn relying_party() -> RelyingParty {
    RelyingParty::new("https://example.org", "Vectors").unwrap()
}

fn challenge(values: &BTreeMap<String, String>) -> Challenge {
    Challenge::from_bytes(bytes(&values["challenge"]).try_into().unwrap())
}

fn base64url(hex: &str) -> String {
    URL_SAFE_NO_PAD.encode(bytes(hex))
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits = |at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
    (0..hex.len()).step_by(2).map(digits).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

//! A software authenticator, and the client in front of it, for tests: real
//! ES256 keys, real signatures, everything derived from a seed.
//!
//! In scope: discoverable credentials, `none` attestation, the flags and the
//! sign count, and answers bent out of shape to play an attacker ([`Tamper`]).
//!
//! Out of scope: whatever a relying party does, and any secrecy. Misused, for
//! example with options that are none, it panics, as a test should.
#![expect(clippy::expect_used, reason = "only tests use this crate")]

mod cbor;
mod credential;
mod tamper;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use credential::Credential;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
pub use tamper::Tamper;

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const BACKUP_ELIGIBLE: u8 = 0x08;
const BACKUP_STATE: u8 = 0x10;
const ATTESTED: u8 = 0x40;

/// A passkey provider with one user in front of it.
#[derive(Debug)]
pub struct Authenticator {
    /// Whether it verifies its user: the UV flag.
    pub user_verified: bool,
    /// Whether its credentials may be backed up: the BE flag.
    pub backup_eligible: bool,
    /// Whether its credentials are backed up: the BS flag.
    pub backup_state: bool,
    /// By how much each assertion raises the sign count; with 0 it stays 0, as
    /// with synced passkeys.
    pub counter_step: u32,
    /// Its model.
    pub aaguid: [u8; 16],
    seed: [u8; 32],
    credentials: Vec<Credential>,
}

impl Authenticator {
    /// A device-bound authenticator that verifies its user. The same seed gives
    /// the same keys, so tests that share a database take different seeds.
    pub fn new(seed: [u8; 32]) -> Self {
        Self {
            user_verified: true,
            backup_eligible: false,
            backup_state: false,
            counter_step: 1,
            aaguid: [0; 16],
            seed,
            credentials: Vec::new(),
        }
    }

    /// `navigator.credentials.create()`: from `CreationOptionsJSON` to
    /// `RegistrationResponseJSON`. `origin` is that of the page.
    pub fn create(&mut self, origin: &str, options: &Value) -> Value {
        self.create_with(origin, options, &Tamper::default())
    }

    /// The same with some values bent.
    pub fn create_with(&mut self, origin: &str, options: &Value, tamper: &Tamper) -> Value {
        let index = self.credentials.len();
        let credential = Credential::new(&self.seed, index, options);
        let client_data = tamper.client_data("webauthn.create", origin, options);
        let flags = tamper.flags.unwrap_or(self.flags() | ATTESTED);
        let rp_id = tamper.rp_id.as_deref().unwrap_or(&credential.rp_id);
        let sign_count = tamper.sign_count.unwrap_or(0);
        let mut data = authenticator_data(rp_id, flags, sign_count);
        data.extend(credential.attested(&self.aaguid));
        let id = encode(&credential.id);
        self.credentials.push(credential);
        json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "response": {
                "clientDataJSON": encode(&client_data),
                "attestationObject": encode(&cbor::attestation_object(&data)),
                "transports": ["internal", "hybrid"],
            },
            "clientExtensionResults": { "credProps": { "rk": true } },
        })
    }

    /// `navigator.credentials.get()`: from `RequestOptionsJSON` to
    /// `AuthenticationResponseJSON`, with the newest credential for the RP ID.
    /// `None` if there is none.
    pub fn get(&mut self, origin: &str, options: &Value) -> Option<Value> {
        self.get_with(origin, options, &Tamper::default())
    }

    /// The same with some values bent.
    pub fn get_with(&mut self, origin: &str, options: &Value, tamper: &Tamper) -> Option<Value> {
        let flags = tamper.flags.unwrap_or(self.flags());
        let step = self.counter_step;
        let rp_id = text(options, "rpId");
        let credential = self.credentials.iter_mut().rfind(|known| known.rp_id == rp_id)?;
        credential.sign_count += step;
        let sign_count = tamper.sign_count.unwrap_or(credential.sign_count);
        let rp_id = tamper.rp_id.as_deref().unwrap_or(rp_id);
        let data = authenticator_data(rp_id, flags, sign_count);
        let client_data = tamper.client_data("webauthn.get", origin, options);
        let handle = tamper.user_handle.as_deref().unwrap_or(&credential.user_handle);
        let id = encode(&credential.id);
        Some(json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "authenticatorAttachment": "platform",
            "response": {
                "clientDataJSON": encode(&client_data),
                "authenticatorData": encode(&data),
                "signature": encode(&credential.sign(&data, &client_data)),
                "userHandle": encode(handle),
            },
            "clientExtensionResults": {},
        }))
    }

    fn flags(&self) -> u8 {
        let flag = |set, bit| if set { bit } else { 0 };
        USER_PRESENT
            | flag(self.user_verified, USER_VERIFIED)
            | flag(self.backup_eligible, BACKUP_ELIGIBLE)
            | flag(self.backup_state, BACKUP_STATE)
    }
}

fn authenticator_data(rp_id: &str, flags: u8, sign_count: u32) -> Vec<u8> {
    let mut data = sha256(&[rp_id.as_bytes()]).to_vec();
    data.push(flags);
    data.extend(sign_count.to_be_bytes());
    data
}

fn text<'a>(options: &'a Value, member: &str) -> &'a str {
    options[member].as_str().expect("the options have a text member of that name")
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    parts.iter().fold(Sha256::new(), Sha256::chain_update).finalize().into()
}

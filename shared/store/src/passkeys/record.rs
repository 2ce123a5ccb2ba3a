use domain::Timestamp;
use serde::{Deserialize, Deserializer};
use uuid::Uuid;

use crate::flag::flag;
use crate::hex::hex;

/// A credential record as its owner and administrators see it.
#[derive(Debug, Deserialize)]
pub struct CredentialRecord {
    /// Identifier of the record.
    pub id: Uuid,
    /// The authenticator's credential ID.
    #[serde(deserialize_with = "hex")]
    pub credential_id: Vec<u8>,
    /// The name people gave it.
    pub name: String,
    /// Attestation statement format.
    pub attestation_format: String,
    /// How the authenticator can be reached.
    pub transports: Vec<String>,
    /// Whether it may exist on several devices.
    #[serde(deserialize_with = "flag")]
    pub backup_eligible: bool,
    /// Whether it does.
    #[serde(deserialize_with = "flag")]
    pub backup_state: bool,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it last signed somebody in.
    pub last_used_at: Option<Timestamp>,
}

/// What an assertion is verified against.
#[derive(Debug, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "flags of a credential record, WebAuthn §4")]
pub struct VerificationKey {
    /// Identifier of the record.
    pub id: Uuid,
    /// Whose it is.
    pub user_id: Uuid,
    /// Whether they are shut out.
    #[serde(deserialize_with = "flag")]
    pub user_disabled: bool,
    /// COSE_Key, CBOR.
    #[serde(deserialize_with = "hex")]
    pub public_key: Vec<u8>,
    /// COSE algorithm identifier.
    pub algorithm: i64,
    /// Sign count after the last assertion.
    pub sign_count: u32,
    /// Whether the user was verified at registration.
    #[serde(deserialize_with = "flag")]
    pub user_verified: bool,
    /// Whether it may exist on several devices.
    #[serde(deserialize_with = "flag")]
    pub backup_eligible: bool,
    /// Whether it does.
    #[serde(deserialize_with = "flag")]
    pub backup_state: bool,
    /// Model of the authenticator.
    #[serde(deserialize_with = "hex_16")]
    pub aaguid: [u8; 16],
    /// Attestation statement format.
    pub attestation_format: String,
}

/// A credential as JSON; needs `credential_records c` in scope. Decoded as [`CredentialRecord`].
macro_rules! credential_json {
    () => {
        "json_object('id', c.id, 'credential_id', hex(c.credential_id), 'name', c.name, \
           'attestation_format', c.attestation_format, 'transports', json(c.transports), \
           'backup_eligible', c.backup_eligible, 'backup_state', c.backup_state, \
           'created_at', c.created_at, 'last_used_at', c.last_used_at)"
    };
}

pub(super) use credential_json;

fn hex_16<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 16], D::Error> {
    hex(deserializer)?.try_into().map_err(|_| serde::de::Error::custom("not 16 bytes"))
}

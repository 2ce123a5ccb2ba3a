use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use serde::Serialize;
use store::passkeys::CredentialRecord;
use utoipa::ToSchema;
use uuid::Uuid;

/// A passkey on the wire.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CredentialDto {
    id: Uuid,
    name: String,
    #[serde(rename = "credentialID")]
    credential_id: String,
    attestation_type: String,
    transport: Vec<String>,
    backup_eligible: bool,
    backup_state: bool,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    last_used_at: Option<Timestamp>,
}

impl From<CredentialRecord> for CredentialDto {
    fn from(record: CredentialRecord) -> Self {
        Self {
            id: record.id,
            name: record.name,
            credential_id: URL_SAFE_NO_PAD.encode(&record.credential_id),
            attestation_type: record.attestation_format,
            transport: record.transports,
            backup_eligible: record.backup_eligible,
            backup_state: record.backup_state,
            created_at: record.created_at,
            last_used_at: record.last_used_at,
        }
    }
}

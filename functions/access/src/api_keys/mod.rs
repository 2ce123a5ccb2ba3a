//! One's own API keys.

pub(crate) mod create;
pub(crate) mod list;
pub(crate) mod renew;
pub(crate) mod revoke;

use domain::{FieldViolation, Timestamp, Violation};
use http_api::{Problem, Secret};
use serde::Serialize;
use store::api_keys::ApiKeyRecord;
use utoipa::ToSchema;
use uuid::Uuid;

/// An API key on the wire.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct ApiKeyDto {
    id: Uuid,
    name: String,
    description: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
    #[schema(value_type = Option<String>, format = DateTime)]
    last_used_at: Option<Timestamp>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    expiration_email_sent: bool,
}

/// An API key with its token, which is shown this once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ApiKeyWithTokenDto)]
struct WithTokenDto {
    api_key: ApiKeyDto,
    token: String,
}

/// A token has 192 random bits and 32 characters.
const TOKEN_BYTES: usize = 24;

impl WithTokenDto {
    fn new(key: ApiKeyRecord, token: &Secret) -> Self {
        Self { api_key: key.into(), token: token.to_text() }
    }
}

impl From<ApiKeyRecord> for ApiKeyDto {
    fn from(key: ApiKeyRecord) -> Self {
        Self {
            id: key.id,
            name: key.name,
            description: key.description,
            expires_at: key.expires_at,
            last_used_at: key.last_used_at,
            created_at: key.created_at,
            expiration_email_sent: key.expiration_email_sent,
        }
    }
}

/// The contract has a code of its own for an expiration that is none; with other fields wrong
/// besides, all are named.
fn refusal(fields: Vec<FieldViolation>) -> Problem {
    match fields.as_slice() {
        [FieldViolation { field: "expiresAt", violation: Violation::InvalidFormat { .. } }] => {
            Problem::InvalidApiKeyExpiration
        }
        _ => Problem::ValidationFailed(fields),
    }
}

//! One's own API keys.

mod create;
mod list;
mod renew;
mod revoke;

use domain::{FieldViolation, Timestamp, Violation};
use http_api::{Problem, Secret};
use serde::Serialize;
use store::api_keys::ApiKeyRecord;
use uuid::Uuid;

pub(crate) use create::create;
pub(crate) use list::list;
pub(crate) use renew::renew;
pub(crate) use revoke::revoke;

/// An API key on the wire.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ApiKeyDto {
    id: Uuid,
    name: String,
    description: Option<String>,
    expires_at: Timestamp,
    last_used_at: Option<Timestamp>,
    created_at: Timestamp,
    expiration_email_sent: bool,
}

/// An API key with its token, which is shown this once.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
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

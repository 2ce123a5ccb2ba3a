use axum::extract::Path;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::{CredentialName, Timestamp};
use http_api::{Caller, Json, Problem, Reply, Resource, parse_id};
use serde::{Deserialize, Serialize};
use store::passkeys::{CredentialRecord, ListBySession, Remove, Rename};
use uuid::Uuid;

/// A passkey on the wire.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CredentialDto {
    id: Uuid,
    name: String,
    #[serde(rename = "credentialID")]
    credential_id: String,
    attestation_type: String,
    transport: Vec<String>,
    backup_eligible: bool,
    backup_state: bool,
    created_at: Timestamp,
    last_used_at: Option<Timestamp>,
}

/// The body of `PATCH /api/webauthn/credentials/:id`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct RenameBody {
    name: String,
}

/// `GET /api/webauthn/credentials`: one's own.
pub(crate) async fn list(caller: Caller) -> Result<Reply, Problem> {
    let (_signed_in, credentials) = caller.user_and(ListBySession).await?;
    Reply::ok(&credentials.into_iter().map(CredentialDto::from).collect::<Vec<_>>())
}

/// `PATCH /api/webauthn/credentials/:id`.
pub(crate) async fn rename(
    caller: Caller,
    Path(id): Path<String>,
    Json(body): Json<RenameBody>,
) -> Result<Reply, Problem> {
    let signed_in = caller.user().await?;
    let credential = parse_id(&id).ok_or(Problem::NotFound(Resource::Passkey))?;
    let name = CredentialName::parse(&body.name).map_err(|violation| ("name", violation))?;
    let entry = caller.call.entry()?.with("passkeyName", name.as_str());
    let batch = Rename { credential, user: signed_in.user_id(), name, entry };
    let renamed = caller.call.run(batch).await?.ok_or(Problem::NotFound(Resource::Passkey))?;
    Reply::ok(&CredentialDto::from(renamed))
}

/// `DELETE /api/webauthn/credentials/:id`. Deleting the last one is allowed.
pub(crate) async fn remove(caller: Caller, Path(id): Path<String>) -> Result<Reply, Problem> {
    let signed_in = caller.user().await?;
    let credential = parse_id(&id).ok_or(Problem::NotFound(Resource::Passkey))?;
    let entry = caller.call.entry()?.with("passkeyId", credential);
    let batch = Remove { credential, user: signed_in.user_id(), entry };
    if caller.call.run(batch).await? {
        Ok(Reply::no_content())
    } else {
        Err(Problem::NotFound(Resource::Passkey))
    }
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

use axum::extract::Path;
use domain::CredentialName;
use http_api::{Caller, CredentialDto, Json, Problem, Reply, Resource, parse_id};
use serde::Deserialize;
use store::passkeys::{ListByPresenter, Remove, Rename};
use utoipa::ToSchema;

/// A new name.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = PasskeyNameBody)]
pub(crate) struct RenameBody {
    #[schema(required, min_length = 1, max_length = 50, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    name: String,
}

/// Lists one's own passkeys.
#[utoipa::path(
    get,
    path = "/api/webauthn/credentials",
    operation_id = "listOwnPasskeys",
    security(("caller" = [])),
    responses((status = 200, body = Vec<CredentialDto>))
)]
pub(crate) async fn list(caller: Caller) -> Result<Reply, Problem> {
    let (_signed_in, credentials) = caller.user_and(ListByPresenter).await?;
    Reply::ok(&credentials.into_iter().map(CredentialDto::from).collect::<Vec<_>>())
}

/// Renames a passkey of one's own.
#[utoipa::path(
    patch,
    path = "/api/webauthn/credentials/{id}",
    operation_id = "renameOwnPasskey",
    security(("caller" = [])),
    request_body = RenameBody,
    responses(
        (status = 200, body = CredentialDto),
        (status = 400, description = "validation_failed"),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn rename(
    caller: Caller,
    Path(id): Path<String>,
    Json(body): Json<RenameBody>,
) -> Result<Reply, Problem> {
    let signed_in = caller.user().await?;
    let credential = parse_id(&id).ok_or(Problem::NotFound(Resource::Passkey))?;
    let name = CredentialName::parse(&body.name).map_err(|violation| ("name", violation))?;
    let entry = signed_in.entry(&caller.call)?.with("passkeyName", name.as_str());
    let batch = Rename { credential, user: signed_in.user_id(), name, entry };
    let renamed = caller.call.run(batch).await?.ok_or(Problem::NotFound(Resource::Passkey))?;
    Reply::ok(&CredentialDto::from(renamed))
}

/// Removes a passkey of one's own.
///
/// Removing the last one is allowed.
#[utoipa::path(
    delete,
    path = "/api/webauthn/credentials/{id}",
    operation_id = "removeOwnPasskey",
    security(("caller" = ["step-up"])),
    responses(
        (status = 204),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn remove(caller: Caller, Path(id): Path<String>) -> Result<Reply, Problem> {
    let signed_in = caller.user().await?;
    signed_in.step_up(&caller.call)?;
    let credential = parse_id(&id).ok_or(Problem::NotFound(Resource::Passkey))?;
    let entry = signed_in.entry(&caller.call)?.with("passkeyId", credential);
    let (user, origin) = (signed_in.user_id(), signed_in.origin());
    let batch = Remove { credential, user, origin, entry };
    if caller.call.run(batch).await? {
        Ok(Reply::no_content())
    } else {
        Err(Problem::NotFound(Resource::Passkey))
    }
}

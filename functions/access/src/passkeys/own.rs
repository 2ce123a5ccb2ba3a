use axum::extract::Path;
use domain::CredentialName;
use http_api::{Caller, CredentialDto, Json, Problem, Reply, Resource, parse_id};
use serde::Deserialize;
use store::passkeys::{ListByPresenter, Remove, Rename};

/// The body of `PATCH /api/webauthn/credentials/:id`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct RenameBody {
    name: String,
}

/// `GET /api/webauthn/credentials`: one's own.
pub(crate) async fn list(caller: Caller) -> Result<Reply, Problem> {
    let (_signed_in, credentials) = caller.user_and(ListByPresenter).await?;
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
    let entry = signed_in.entry(&caller.call)?.with("passkeyName", name.as_str());
    let batch = Rename { credential, user: signed_in.user_id(), name, entry };
    let renamed = caller.call.run(batch).await?.ok_or(Problem::NotFound(Resource::Passkey))?;
    Reply::ok(&CredentialDto::from(renamed))
}

/// `DELETE /api/webauthn/credentials/:id`, after step-up. Deleting the last one is allowed.
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

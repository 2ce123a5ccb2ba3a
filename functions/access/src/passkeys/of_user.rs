use axum::extract::Path;
use http_api::{Caller, CredentialDto, Problem, Reply, Resource, parse_id};
use store::passkeys::{ListOfUser, Remove};

/// Lists a user's passkeys.
#[utoipa::path(
    get,
    path = "/api/users/{id}/webauthn-credentials",
    operation_id = "listPasskeysOfUser",
    security(("caller" = ["administrator"])),
    responses(
        (status = 200, body = Vec<CredentialDto>),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn list(caller: Caller, Path(user): Path<String>) -> Result<Reply, Problem> {
    let (_admin, credentials) = caller.admin_and(parse_id(&user).map(ListOfUser)).await?;
    let credentials = credentials.flatten().ok_or(Problem::UserNotFound)?;
    Reply::ok(&credentials.into_iter().map(CredentialDto::from).collect::<Vec<_>>())
}

/// Removes a user's passkey.
///
/// The user's sessions go on; whoever lost an authenticator to somebody else has them ended, too.
/// One's own passkey needs step-up here as it does at `/api/webauthn/credentials/{id}`.
#[utoipa::path(
    delete,
    path = "/api/users/{id}/webauthn-credentials/{credentialId}",
    operation_id = "removePasskeyOfUser",
    security(("caller" = ["administrator"])),
    responses(
        (status = 204),
        (status = 401, description = "reauthentication_required"),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn remove(
    caller: Caller,
    Path((user, credential)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let unknown = Problem::NotFound(Resource::Passkey);
    let (Some(user), Some(credential)) = (parse_id(&user), parse_id(&credential)) else {
        return Err(unknown);
    };
    if user == admin.user_id() {
        admin.step_up(&caller.call)?;
    }
    let entry = admin.entry(&caller.call)?.with("passkeyId", credential);
    if caller.call.run(Remove { credential, user, origin: admin.origin(), entry }).await? {
        Ok(Reply::no_content())
    } else {
        Err(unknown)
    }
}

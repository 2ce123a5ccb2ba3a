use axum::extract::Path;
use http_api::{Call, Caller, Problem, Reply, parse_id};
use store::pictures;
use store::users::{Delete, Deleted};
use uuid::Uuid;

use crate::body::refusal;

/// Deletes a user.
///
/// The audit log keeps their username.
#[utoipa::path(
    delete,
    path = "/api/users/{id}",
    operation_id = "deleteUser",
    security(("caller" = ["administrator"])),
    responses(
        (status = 204),
        (status = 403, description = "ldap_user_update"),
        (status = 404, description = "user_not_found"),
        (status = 409, description = "last_admin own_account"),
    )
)]
pub(crate) async fn delete(caller: Caller, Path(id): Path<String>) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let user = parse_id(&id).ok_or(Problem::UserNotFound)?;
    let batch = Delete { user, origin: admin.origin(), entry: admin.entry(call)? };
    match call.run(batch).await? {
        Deleted::Done { picture_hash } => {
            forget_picture(call, user, picture_hash.as_deref()).await;
            Ok(Reply::no_content())
        }
        Deleted::Refused(guard) => Err(refusal(guard)),
        Deleted::Unknown => Err(Problem::UserNotFound),
    }
}

/// The user is gone whether or not this succeeds; nothing leads to the picture any more.
pub(crate) async fn forget_picture(call: &Call, user: Uuid, picture_hash: Option<&str>) {
    if let Some(hash) = picture_hash {
        let _ = call.key_value().delete(&pictures::key(user, hash)).await;
    }
}

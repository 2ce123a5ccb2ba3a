use axum::extract::Path;
use http_api::{Caller, Problem, Reply, UserDto, parse_id};
use store::users::{ById, ByPresenter};

/// Reads one's own record.
#[utoipa::path(
    get,
    path = "/api/users/me",
    operation_id = "readOwnUser",
    security(("caller" = [])),
    responses((status = 200, body = UserDto))
)]
pub(crate) async fn me(caller: Caller) -> Result<Reply, Problem> {
    let (_signed_in, user) = caller.user_and(ByPresenter).await?;
    Reply::ok(&UserDto::from(user.ok_or(Problem::NotSignedIn)?))
}

/// Reads a user.
#[utoipa::path(
    get,
    path = "/api/users/{id}",
    operation_id = "readUser",
    security(("caller" = ["administrator"])),
    responses(
        (status = 200, body = UserDto),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn by_id(caller: Caller, Path(id): Path<String>) -> Result<Reply, Problem> {
    let (_admin, user) = caller.admin_and(parse_id(&id).map(ById)).await?;
    Reply::ok(&UserDto::from(user.flatten().ok_or(Problem::UserNotFound)?))
}

use axum::extract::Path;
use http_api::{Caller, Problem, Reply, UserDto, parse_id};
use store::users::{ById, ByPresenter};

/// `GET /api/users/me`.
pub(crate) async fn me(caller: Caller) -> Result<Reply, Problem> {
    let (_signed_in, user) = caller.user_and(ByPresenter).await?;
    Reply::ok(&UserDto::from(user.ok_or(Problem::NotSignedIn)?))
}

/// `GET /api/users/:id`.
pub(crate) async fn by_id(caller: Caller, Path(id): Path<String>) -> Result<Reply, Problem> {
    let (_admin, user) = caller.admin_and(parse_id(&id).map(ById)).await?;
    Reply::ok(&UserDto::from(user.flatten().ok_or(Problem::UserNotFound)?))
}

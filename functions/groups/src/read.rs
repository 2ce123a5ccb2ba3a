use axum::extract::Path;
use http_api::{Caller, Problem, Reply, UserGroupDto, parse_id};
use store::user_groups::{GroupWithMembers, Read};

use crate::UNKNOWN_GROUP;

/// Reads a group with its members, as far as a reply holds them.
#[utoipa::path(
    get,
    path = "/api/user-groups/{id}",
    operation_id = "readGroup",
    security(("caller" = ["administrator"])),
    responses(
        (status = 200, body = UserGroupDto),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn by_id(caller: Caller, Path(id): Path<String>) -> Result<Reply, Problem> {
    let (_admin, group) = caller.admin_and(parse_id(&id).map(Read)).await?;
    whole(group.flatten())
}

/// 200 with a group and its members.
pub(crate) fn whole(group: Option<GroupWithMembers>) -> Result<Reply, Problem> {
    Reply::ok(&UserGroupDto::from(group.ok_or(UNKNOWN_GROUP)?))
}

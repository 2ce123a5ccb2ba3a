use axum::extract::Path;
use domain::Violation;
use http_api::{Caller, Json, Problem, Reply, UserDto, UserGroupDto, parse_id};
use serde::Deserialize;
use store::user_groups::{ChangeMembers, Changed, Extent, OfUser, Side};
use store::users::ById;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::members::bounded;

/// Groups.
#[derive(Deserialize, ToSchema)]
pub(crate) struct UserGroupIdsBody {
    #[serde(rename = "userGroupIds")]
    #[schema(required, nullable = false, max_items = 1000)]
    user_group_ids: Option<Vec<Uuid>>,
}

/// Every record of a user carries all of their groups, so there are fewer of these than of members.
const MOST_IDS: usize = 1_000;

/// Lists the groups of a user, with their members as far as a reply holds them.
#[utoipa::path(
    get,
    path = "/api/users/{id}/groups",
    operation_id = "listGroupsOfUser",
    security(("caller" = ["administrator"])),
    responses(
        (status = 200, body = Vec<UserGroupDto>),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn list(caller: Caller, Path(user): Path<String>) -> Result<Reply, Problem> {
    let (_admin, groups) = caller.admin_and(parse_id(&user).map(OfUser)).await?;
    let groups = groups.flatten().ok_or(Problem::UserNotFound)?;
    Reply::ok(&groups.into_iter().map(UserGroupDto::from).collect::<Vec<_>>())
}

/// Makes these the groups of a user, and no other.
///
/// Up to 1000 groups.
#[utoipa::path(
    put,
    path = "/api/users/{id}/user-groups",
    operation_id = "replaceGroupsOfUser",
    security(("caller" = ["administrator"])),
    request_body = UserGroupIdsBody,
    responses(
        (status = 200, body = UserDto),
        (status = 400, description = "validation_failed"),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn replace(
    caller: Caller,
    Path(user): Path<String>,
    Json(body): Json<UserGroupIdsBody>,
) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let ids = body.user_group_ids.ok_or(Violation::Required).and_then(|ids| bounded(ids, MOST_IDS));
    let ids = ids.map_err(|violation| ("userGroupIds", violation))?;
    let user = parse_id(&user).ok_or(Problem::UserNotFound)?;
    let batch = ChangeMembers {
        side: Side::OfUser(user),
        ids,
        extent: Extent::Replace,
        origin: admin.origin(),
        entry: admin.entry(call)?,
    };
    let (changed, user) = call.run((batch, ById(user))).await?;
    match changed {
        Changed::Done => Reply::ok(&UserDto::from(user.ok_or(Problem::UserNotFound)?)),
        Changed::UnknownOwner => Err(Problem::UserNotFound),
        Changed::Unknown(groups) => {
            Err(Problem::UnknownGroups(groups.iter().map(Uuid::to_string).collect()))
        }
    }
}

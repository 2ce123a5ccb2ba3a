use axum::extract::Path;
use domain::Violation;
use http_api::{
    Caller, GroupDto, Json, ListParameters, Listing, Problem, Reply, UserDto, UserGroupDto,
    parse_id,
};
use serde::Deserialize;
use store::user_groups::{
    ChangeMembers, Changed, Extent, Members, Read, RemoveMember, Removed, Side, Summary,
};
use store::users::{Cursor, Direction, Filter, List, Sort};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::UNKNOWN_GROUP;
use crate::list::read_cursor;
use crate::read::whole;

/// Users.
#[derive(Deserialize, ToSchema)]
pub(crate) struct UserIdsBody {
    #[serde(rename = "userIds")]
    #[schema(required, nullable = false, max_items = 10000)]
    user_ids: Option<Vec<Uuid>>,
}

const MOST_IDS: usize = 10_000;

/// Lists the members of a group, by username.
///
/// The search finds parts of username, address and names. In a large deployment what it finds comes
/// in the order of the index, maybe few at a time: `nextCursor` goes on.
#[utoipa::path(
    get,
    path = "/api/user-groups/{id}/users",
    operation_id = "listMembers",
    security(("caller" = ["administrator"])),
    params(
        ListParameters,
    ),
    responses(
        (status = 200, body = Listing<UserDto>),
        (status = 400, description = "validation_failed"),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn list(
    caller: Caller,
    Path(id): Path<String>,
    parameters: ListParameters,
) -> Result<Reply, Problem> {
    let group = parse_id(&id);
    if !parameters.search.is_empty() {
        return search(&caller, group, &parameters).await;
    }
    let query = group.map(|group| Members {
        group,
        page: parameters.page,
        limit: parameters.limit,
        after: parameters.cursor.clone(),
    });
    let (_admin, members) = caller.admin_and(query).await?;
    let mut members = members.flatten().ok_or(UNKNOWN_GROUP)?;
    let limit = usize::try_from(parameters.limit).unwrap_or(usize::MAX);
    let is_more = members.items.len() > limit;
    members.items.truncate(limit);
    let last = members.items.last().filter(|_| is_more);
    let next_cursor = last.map(|user| user.username.clone());
    let users = members.items.into_iter().map(UserDto::from).collect();
    Reply::ok(&Listing::page(users, members.total, &parameters).followed_by(next_cursor, true))
}

/// The same search as over all users, among these.
async fn search(
    caller: &Caller,
    group: Option<Uuid>,
    parameters: &ListParameters,
) -> Result<Reply, Problem> {
    let after = read_cursor(parameters, Cursor::parse);
    let found = group.zip(after.as_ref().ok().cloned()).map(|(group, after)| List {
        page: parameters.page,
        limit: parameters.limit,
        sort: Sort::Username,
        direction: Direction::Ascending,
        search: parameters.search.clone(),
        filter: Filter { group: Some(group), ..Filter::default() },
        after,
    });
    let (_admin, (group, page)) = caller.admin_and((group.map(Summary), found)).await?;
    // What cannot be read is told to those alone who may ask at all.
    after?;
    group.flatten().ok_or(UNKNOWN_GROUP)?;
    let page = page.unwrap_or_default();
    let users = page.items.into_iter().map(UserDto::from).collect();
    let next = page.next.as_ref().map(Cursor::to_text);
    Reply::ok(&Listing::page(users, page.total, parameters).followed_by(next, page.exact))
}

/// Makes these the members of a group, and nobody else.
///
/// Up to 10 000 users.
#[utoipa::path(
    put,
    path = "/api/user-groups/{id}/users",
    operation_id = "replaceMembers",
    security(("caller" = ["administrator"])),
    request_body = UserIdsBody,
    responses(
        (status = 200, body = UserGroupDto),
        (status = 400, description = "validation_failed"),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn replace(
    caller: Caller,
    Path(id): Path<String>,
    Json(body): Json<UserIdsBody>,
) -> Result<Reply, Problem> {
    let (group, batch) = change(&caller, &id, body, Extent::Replace).await?;
    let (changed, group) = caller.call.run((batch, Read(group))).await?;
    done(changed)?;
    whole(group)
}

/// Adds members to a group.
///
/// Up to 10 000 users. The reply leaves the members out, since the group may be huge.
#[utoipa::path(
    post,
    path = "/api/user-groups/{id}/users",
    operation_id = "addMembers",
    security(("caller" = ["administrator"])),
    request_body = UserIdsBody,
    responses(
        (status = 200, body = GroupDto),
        (status = 400, description = "validation_failed"),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn add(
    caller: Caller,
    Path(id): Path<String>,
    Json(body): Json<UserIdsBody>,
) -> Result<Reply, Problem> {
    let (group, batch) = change(&caller, &id, body, Extent::Add).await?;
    let (changed, group) = caller.call.run((batch, Summary(group))).await?;
    done(changed)?;
    Reply::ok(&GroupDto::from(group.ok_or(UNKNOWN_GROUP)?))
}

async fn change(
    caller: &Caller,
    id: &str,
    body: UserIdsBody,
    extent: Extent,
) -> Result<(Uuid, ChangeMembers), Problem> {
    let admin = caller.admin().await?;
    let ids = body.user_ids.ok_or(Violation::Required).and_then(|ids| bounded(ids, MOST_IDS));
    let ids = ids.map_err(|violation| ("userIds", violation))?;
    let group = parse_id(id).ok_or(UNKNOWN_GROUP)?;
    let (side, origin, entry) = (Side::OfGroup(group), admin.origin(), admin.entry(&caller.call)?);
    Ok((group, ChangeMembers { side, ids, extent, origin, entry }))
}

pub(crate) fn bounded(ids: Vec<Uuid>, max: usize) -> Result<Vec<Uuid>, Violation> {
    if ids.len() > max { Err(Violation::TooMany { max }) } else { Ok(ids) }
}

fn done(changed: Changed) -> Result<(), Problem> {
    match changed {
        Changed::Done => Ok(()),
        Changed::UnknownOwner => Err(UNKNOWN_GROUP),
        Changed::Unknown(users) => {
            Err(Problem::UnknownUsers(users.iter().map(Uuid::to_string).collect()))
        }
    }
}

/// Takes a user out of a group.
///
/// Taking out who is not in it is no error.
#[utoipa::path(
    delete,
    path = "/api/user-groups/{id}/users/{userId}",
    operation_id = "removeMember",
    security(("caller" = ["administrator"])),
    responses(
        (status = 204),
        (status = 404, description = "not_found user_not_found"),
    )
)]
pub(crate) async fn remove(
    caller: Caller,
    Path((group, user)): Path<(String, String)>,
) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let group = parse_id(&group).ok_or(UNKNOWN_GROUP)?;
    let user = parse_id(&user).ok_or(Problem::UserNotFound)?;
    let batch = RemoveMember { group, user, origin: admin.origin(), entry: admin.entry(call)? };
    match call.run(batch).await? {
        Removed::Done => Ok(Reply::no_content()),
        Removed::UnknownGroup => Err(UNKNOWN_GROUP),
        Removed::UnknownUser => Err(Problem::UserNotFound),
    }
}

use axum::extract::Path;
use domain::GroupNames;
use http_api::{Caller, Json, Problem, Property, Reply, UserGroupDto, parse_id};
use serde::Deserialize;
use store::user_groups::{Create, Delete, Deleted, Read, Update, Updated};
use utoipa::ToSchema;

use crate::UNKNOWN_GROUP;
use crate::read::whole;

/// The names of a group.
//
// Everything is optional here so that everything wrong is named at once.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct UserGroupBody {
    #[schema(
        required,
        nullable = false,
        min_length = 2,
        max_length = 50,
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*$"
    )]
    friendly_name: Option<String>,
    #[schema(
        required,
        nullable = false,
        min_length = 2,
        max_length = 255,
        pattern = r"^[^\x00-\x1f\x7f-\x9f]*$"
    )]
    name: Option<String>,
}

impl UserGroupBody {
    fn names(&self) -> Result<GroupNames, Problem> {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        Ok(GroupNames::parse(&text(&self.friendly_name), &text(&self.name))?)
    }
}

/// Creates a group.
#[utoipa::path(
    post,
    path = "/api/user-groups",
    operation_id = "createGroup",
    security(("caller" = ["administrator"])),
    request_body = UserGroupBody,
    responses(
        (status = 201, body = UserGroupDto),
        (status = 400, description = "validation_failed"),
        (status = 409, description = "already_in_use"),
    )
)]
pub(crate) async fn create(
    caller: Caller,
    Json(body): Json<UserGroupBody>,
) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let (id, names) = (call.new_id()?, body.names()?);
    let batch = Create { id, names, origin: admin.origin(), entry: admin.entry(call)? };
    let (_made, group) = call.run((batch, Read(id))).await?;
    // Nobody else has the fresh identifier: without a group of that identifier the name was taken.
    let group = group.ok_or(Problem::AlreadyInUse(Property::Name))?;
    Reply::created(&UserGroupDto::from(group))
}

/// Renames a group.
#[utoipa::path(
    put,
    path = "/api/user-groups/{id}",
    operation_id = "updateGroup",
    security(("caller" = ["administrator"])),
    request_body = UserGroupBody,
    responses(
        (status = 200, body = UserGroupDto),
        (status = 400, description = "validation_failed"),
        (status = 403, description = "ldap_user_group_update"),
        (status = 404, description = "not_found"),
        (status = 409, description = "already_in_use"),
    )
)]
pub(crate) async fn update(
    caller: Caller,
    Path(id): Path<String>,
    Json(body): Json<UserGroupBody>,
) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let (names, id) = (body.names()?, parse_id(&id).ok_or(UNKNOWN_GROUP)?);
    let batch = Update { id, names, origin: admin.origin(), entry: admin.entry(call)? };
    let (updated, group) = call.run((batch, Read(id))).await?;
    match updated {
        Updated::Done => whole(group),
        Updated::Unknown => Err(UNKNOWN_GROUP),
        Updated::Managed => Err(Problem::LdapUserGroupUpdate),
        Updated::Taken => Err(Problem::AlreadyInUse(Property::Name)),
    }
}

/// Deletes a group.
#[utoipa::path(
    delete,
    path = "/api/user-groups/{id}",
    operation_id = "deleteGroup",
    security(("caller" = ["administrator"])),
    responses(
        (status = 204),
        (status = 403, description = "ldap_user_group_update"),
        (status = 404, description = "not_found"),
    )
)]
pub(crate) async fn delete(caller: Caller, Path(id): Path<String>) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let call = &caller.call;
    let id = parse_id(&id).ok_or(UNKNOWN_GROUP)?;
    let batch = Delete { id, origin: admin.origin(), entry: admin.entry(call)? };
    match call.run(batch).await? {
        Deleted::Done => Ok(Reply::no_content()),
        Deleted::Unknown => Err(UNKNOWN_GROUP),
        Deleted::Managed => Err(Problem::LdapUserGroupUpdate),
    }
}

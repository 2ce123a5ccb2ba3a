use domain::Locale;
use http_api::{Call, Caller, Json, Problem, Reply, UserDto};
use store::configuration::{Configuration, Read};
use store::users::{Access, Create, Created, NewUser};
use uuid::Uuid;

use crate::body::UserBody;

/// Creates a user.
///
/// Without groups the user gets the deployment's default groups. Making an administrator needs
/// step-up.
#[utoipa::path(
    post,
    path = "/api/users",
    operation_id = "createUser",
    security(("caller" = ["administrator"])),
    request_body = UserBody,
    responses(
        (status = 201, body = UserDto),
        (status = 400, description = "validation_failed"),
        (status = 401, description = "reauthentication_required"),
        (status = 409, description = "already_in_use"),
    )
)]
pub(crate) async fn create(caller: Caller, Json(body): Json<UserBody>) -> Result<Reply, Problem> {
    let (admin, configuration) = caller.admin_and(Read).await?;
    let call = &caller.call;
    let user = new_user(call, &body, &configuration)?;
    if user.is_admin {
        admin.step_up(call)?;
    }
    let groups = body.user_group_ids.unwrap_or_default();
    let batch = Create {
        default_groups: if groups.is_empty() { configuration.default_groups() } else { Vec::new() },
        claims: configuration.default_claims(),
        user,
        groups,
        origin: admin.origin(),
        entry: admin.entry(call)?.with("method", "administrator"),
    };
    match call.run(batch).await? {
        Created::Done(user) => Reply::created(&UserDto::from(*user)),
        Created::Taken(conflict) => Err(conflict.into()),
        Created::UnknownGroups(ids) => {
            Err(Problem::UnknownGroups(ids.iter().map(Uuid::to_string).collect()))
        }
    }
}

fn new_user(
    call: &Call,
    body: &UserBody,
    configuration: &Configuration,
) -> Result<NewUser, Problem> {
    let (profile, locale) = body.check(configuration.require_user_email())?;
    Ok(NewUser {
        id: body.id.map_or_else(|| call.new_id(), Ok)?,
        profile,
        email_verified: body.email_verified.unwrap_or(false),
        is_admin: body.is_admin.unwrap_or(false),
        access: if body.disabled.unwrap_or(false) { Access::Disabled } else { Access::Enabled },
        locale: locale.as_ref().map(Locale::as_str).map(str::to_owned),
    })
}

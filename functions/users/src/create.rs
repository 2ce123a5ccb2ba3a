use domain::{Profile, ProfileInput};
use http_api::{Call, Caller, Json, Problem, Property, Reply, UserDto};
use serde::Deserialize;
use store::configuration::{Configuration, Read};
use store::users::{Conflict, Create, Created, NewUser};
use uuid::Uuid;

/// The body of `POST /api/users`. Everything is optional here so that all rules are checked in one
/// place and everything wrong is named at once.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct UserCreateDto {
    id: Option<Uuid>,
    username: Option<String>,
    email: Option<String>,
    email_verified: bool,
    first_name: String,
    last_name: String,
    display_name: String,
    is_admin: bool,
    disabled: bool,
    locale: Option<String>,
    user_group_ids: Option<Vec<Uuid>>,
}

/// `POST /api/users`.
pub(crate) async fn create(
    caller: Caller,
    Json(body): Json<UserCreateDto>,
) -> Result<Reply, Problem> {
    let (admin, configuration) = caller.admin_and(Read).await?;
    let call = &caller.call;
    let batch = Create {
        user: new_user(call, &body, &configuration)?,
        groups: body.user_group_ids.unwrap_or_default(),
        origin: admin.origin(),
        entry: call.entry()?.with("method", "administrator"),
    };
    match call.run(batch).await? {
        Created::Done(user) => Reply::created(&UserDto::from(*user)),
        Created::Taken(conflict) => Err(Problem::AlreadyInUse(property(conflict))),
        Created::UnknownGroups(ids) => {
            Err(Problem::UnknownGroups(ids.iter().map(Uuid::to_string).collect()))
        }
    }
}

fn new_user(
    call: &Call,
    body: &UserCreateDto,
    configuration: &Configuration,
) -> Result<NewUser, Problem> {
    let input = ProfileInput {
        username: body.username.as_deref(),
        email: body.email.as_deref(),
        first_name: &body.first_name,
        last_name: &body.last_name,
        display_name: &body.display_name,
    };
    Ok(NewUser {
        id: body.id.map_or_else(|| call.new_id(), Ok)?,
        profile: Profile::parse(input, configuration.require_user_email())?,
        email_verified: body.email_verified,
        is_admin: body.is_admin,
        disabled: body.disabled,
        locale: body.locale.clone(),
    })
}

fn property(conflict: Conflict) -> Property {
    match conflict {
        Conflict::Email => Property::Email,
        Conflict::Username => Property::Username,
        Conflict::Id => Property::Id,
    }
}

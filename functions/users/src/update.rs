use axum::extract::Path;
use domain::{EmailAddress, Locale, Profile};
use http_api::{Call, Caller, Json, Problem, Reply, SignedIn, UserDto, parse_id};
use store::configuration::{Configuration, Read};
use store::users::{ById, ByPresenter, Change, Update, Updated, UserRecord};

use crate::body::{UserBody, refusal};

/// Whose wish it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Author {
    Administrator,
    Oneself,
}

/// Replaces a user.
///
/// What is left out becomes false or empty. What the directory owns stays as it is and is named in
/// `ignoredFields`. Making an administrator and changing one's own address or an
/// administrator's need step-up.
#[utoipa::path(
    put,
    path = "/api/users/{id}",
    operation_id = "updateUser",
    security(("caller" = ["administrator"])),
    request_body = UserBody,
    responses(
        (status = 200, body = UserDto),
        (status = 400, description = "validation_failed"),
        (status = 401, description = "reauthentication_required"),
        (status = 404, description = "user_not_found"),
        (status = 409, description = "already_in_use last_admin own_account"),
    )
)]
pub(crate) async fn by_admin(
    caller: Caller,
    Path(id): Path<String>,
    Json(body): Json<UserBody>,
) -> Result<Reply, Problem> {
    let read = (parse_id(&id).map(ById), Read);
    let (admin, (user, configuration)) = caller.admin_and(read).await?;
    let user = user.flatten().ok_or(Problem::UserNotFound)?;
    update(&caller.call, &admin, &user, &configuration, &body, Author::Administrator).await
}

/// Replaces one's own names, address and language; never one's own rights.
///
/// What may not be changed stays as it is and is named in `ignoredFields`. Changing the address
/// needs step-up.
#[utoipa::path(
    put,
    path = "/api/users/me",
    operation_id = "updateOwnUser",
    security(("caller" = [])),
    request_body = UserBody,
    responses(
        (status = 200, body = UserDto),
        (status = 400, description = "validation_failed"),
        (status = 401, description = "reauthentication_required"),
        (status = 409, description = "already_in_use last_admin own_account"),
    )
)]
pub(crate) async fn own(caller: Caller, Json(body): Json<UserBody>) -> Result<Reply, Problem> {
    let (signed_in, (user, configuration)) =
        caller.user_and(|secret_hash| (ByPresenter(secret_hash), Read)).await?;
    let user = user.ok_or(Problem::NotSignedIn)?;
    update(&caller.call, &signed_in, &user, &configuration, &body, Author::Oneself).await
}

async fn update(
    call: &Call,
    author: &SignedIn,
    user: &UserRecord,
    configuration: &Configuration,
    body: &UserBody,
    by: Author,
) -> Result<Reply, Problem> {
    let (profile, locale) = body.check(configuration.require_user_email())?;
    let change = change(user, configuration, body, profile.clone(), locale.as_ref(), by);
    if needs_step_up(author, user, &change) {
        author.step_up(call)?;
    }
    let batch =
        Update { user: user.id, change, origin: author.origin(), entry: author.entry(call)? };
    match call.run(batch).await? {
        Updated::Done(user) => {
            let ignored_fields = ignored(&user, body, &profile);
            Reply::ok(&UserDto::from(*user).ignoring(ignored_fields))
        }
        Updated::Taken(conflict) => Err(conflict.into()),
        Updated::Refused(guard) => Err(refusal(guard)),
        Updated::Unknown => Err(Problem::UserNotFound),
    }
}

/// What the directory owns, or the deployment does not let people edit themselves, stays.
fn change(
    user: &UserRecord,
    configuration: &Configuration,
    body: &UserBody,
    profile: Profile,
    locale: Option<&Locale>,
    by: Author,
) -> Change {
    let locale = locale.map(|locale| locale.as_str().to_owned());
    let managed = configuration.ldap_enabled() && user.ldap_id.is_some();
    let oneself = by == Author::Oneself;
    if managed || (oneself && !configuration.allow_own_account_edit()) {
        return Change::Locale(locale);
    }
    let flag = |given: Option<bool>| (!oneself).then(|| given.unwrap_or(false));
    Change::Everything {
        profile,
        email_verified: flag(body.email_verified),
        new_email_verified: configuration.emails_verified(),
        is_admin: flag(body.is_admin),
        disabled: flag(body.disabled),
        locale,
    }
}

/// Making somebody an administrator, and changing one's own address or an administrator's, which mail
/// with a way in may go to.
fn needs_step_up(author: &SignedIn, user: &UserRecord, change: &Change) -> bool {
    let Change::Everything { profile, is_admin, .. } = change else { return false };
    let key = |address: &EmailAddress| address.key();
    let address = profile.email.as_ref().map(key);
    let address_before = user.email.as_ref().map(|email| email.to_lowercase());
    let leads_far = user.id == author.user_id() || user.is_admin;
    (leads_far && address != address_before) || (*is_admin == Some(true) && !user.is_admin)
}

/// The fields that were wished to be something else than they are now.
fn ignored(user: &UserRecord, body: &UserBody, profile: &Profile) -> Vec<&'static str> {
    let email = profile.email.as_ref().map(EmailAddress::as_str);
    let other = |given: Option<bool>, now: bool| given.is_some_and(|given| given != now);
    [
        ("username", profile.username.as_str() != user.username),
        ("email", email != user.email.as_deref()),
        ("firstName", profile.first_name.as_str() != user.first_name),
        ("lastName", profile.last_name.as_str() != user.last_name),
        ("displayName", profile.display_name.as_str() != user.display_name),
        ("emailVerified", other(body.email_verified, user.email_verified)),
        ("isAdmin", other(body.is_admin, user.is_admin)),
        ("disabled", other(body.disabled, user.disabled)),
    ]
    .into_iter()
    .filter_map(|(field, is_ignored)| is_ignored.then_some(field))
    .collect()
}

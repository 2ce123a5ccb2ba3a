use domain::{Profile, ProfileInput};
use http_api::{Call, Fault, Json, Problem, Reply, SettingError, UserDto};
use serde::Deserialize;
use store::configuration::Read;
use store::limits::Admission;
use store::sessions::Amr;
use store::setup::Pending;
use store::sign_up::Way;
use store::users::{Access, NewUser};
use subtle::ConstantTimeEq;
use utoipa::ToSchema;

use crate::account::{Applicant, Entrance, make};

/// What the first administrator is made of, and the deployment's set-up token.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SetupBody {
    #[schema(
        required,
        nullable = false,
        min_length = 1,
        max_length = 50,
        pattern = "^[a-zA-Z0-9]([a-zA-Z0-9_.@-]*[a-zA-Z0-9])?$"
    )]
    username: Option<String>,
    #[schema(format = Email, max_length = 254)]
    email: Option<String>,
    #[schema(max_length = 50, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    first_name: String,
    #[schema(max_length = 50, pattern = r"^[^\x00-\x1f\x7f-\x9f]*$")]
    last_name: String,
    setup_token: String,
}

/// Tells whether set-up is pending: 204 while nobody exists.
#[utoipa::path(
    get,
    path = "/api/signup/setup",
    operation_id = "readSetup",
    responses(
        (status = 204),
        (status = 404, description = "setup_not_available"),
    )
)]
pub(crate) async fn pending(call: Call) -> Result<Reply, Problem> {
    if call.run(Pending).await? { Ok(Reply::no_content()) } else { Err(Problem::SetupNotAvailable) }
}

/// Makes the first administrator, once, with a session.
#[utoipa::path(
    post,
    path = "/api/signup/setup",
    operation_id = "completeSetup",
    request_body = SetupBody,
    responses(
        (status = 200, body = UserDto, headers(("Set-Cookie" = String))),
        (status = 400, description = "validation_failed"),
        (status = 403, description = "setup_token_required"),
        (status = 409, description = "setup_already_completed"),
        (status = 429, description = "rate_limited"),
    )
)]
pub(crate) async fn complete(call: Call, Json(body): Json<SetupBody>) -> Result<Reply, Problem> {
    if !token_matches(&call, &body.setup_token)? {
        // A guess counts like an attempt.
        return match call.run(crate::SETUP.gate(&call)?).await? {
            Admission::Admitted => Err(Problem::SetupTokenRequired),
            refused @ Admission::Refused { .. } => Err(refused.into()),
        };
    }
    let require_email = call.run(Read).await?.require_user_email();
    let applicant = administrator(&call, &body, require_email);
    let entrance = Entrance {
        way: Way::Setup,
        limits: crate::SETUP,
        amr: Amr::Otp,
        shut: Problem::SetupAlreadyCompleted,
    };
    make(&call, entrance, applicant).await
}

/// Whether the presented set-up token is the deployment's, in constant time. A deployment that sets
/// none is misconfigured, one that sets an empty one needs none.
fn token_matches(call: &Call, presented: &str) -> Result<bool, Problem> {
    let expected = call
        .setting("SETUP_TOKEN")
        .ok_or(Problem::Internal(Fault::Setting(SettingError::SetupToken)))?;
    Ok(expected.is_empty() || bool::from(expected.as_bytes().ct_eq(presented.as_bytes())))
}

fn administrator(call: &Call, body: &SetupBody, require_email: bool) -> Result<Applicant, Problem> {
    let input = ProfileInput {
        username: body.username.as_deref(),
        email: body.email.as_deref(),
        first_name: &body.first_name,
        last_name: &body.last_name,
        display_name: "",
    };
    let user = NewUser {
        id: call.new_id()?,
        profile: Profile::parse(input, require_email)?,
        email_verified: false,
        is_admin: true,
        access: Access::Enabled,
        locale: None,
    };
    Ok(Applicant { user, default_groups: Vec::new(), claims: Vec::new() })
}

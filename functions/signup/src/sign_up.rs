use axum::extract::Path;
use domain::{EmailAddress, FieldViolation, Profile, ProfileInput, Timestamp};
use http_api::{Call, Json, Problem, Reply, Secret, UserDto};
use serde::{Deserialize, Serialize};
use store::configuration::{Configuration, Read};
use store::sessions::Amr;
use store::sign_up::Way;
use store::signup_tokens::{Show, Shown};
use store::users::{Access, NewUser};
use utoipa::ToSchema;

use crate::account::{Applicant, Entrance, make};

/// What an account is made of, and the token, if there is one.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SignUpBody {
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
    /// Empty text is no token.
    token: Option<String>,
}

/// How long a token is still active.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ActiveSignupTokenDto)]
struct ActiveDto {
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Tells whether a sign-up token is active.
///
/// Nothing is used up.
#[utoipa::path(
    get,
    path = "/api/signup/token/{token}",
    operation_id = "showSignupToken",
    responses(
        (status = 200, body = ActiveDto),
        (status = 401, description = "token_invalid_or_expired"),
        (status = 429, description = "rate_limited"),
    )
)]
pub(crate) async fn show(call: Call, Path(token): Path<String>) -> Result<Reply, Problem> {
    let token = Secret::from_text(&token).ok_or(Problem::TokenInvalidOrExpired)?;
    let batch = Show { gate: crate::SHOW.gate(&call)?, token_hash: token.hash() };
    match call.run(batch).await? {
        Shown::Active(expires_at) => Reply::ok(&ActiveDto { expires_at }),
        Shown::Inactive => Err(Problem::TokenInvalidOrExpired),
        Shown::Refused(admission) => Err(admission.into()),
    }
}

/// Makes an account of one's own, with a session.
///
/// A token that is active works whatever the configuration says; without one, sign-up must be open.
/// Where the configuration asks for approval there is no session: the account is disabled, and
/// `awaitingApproval`, until an administrator enables it.
#[utoipa::path(
    post,
    path = "/api/signup",
    operation_id = "signUp",
    request_body = SignUpBody,
    responses(
        (status = 201, body = UserDto, headers(("Set-Cookie" = String))),
        (status = 400, description = "validation_failed"),
        (status = 401, description = "token_invalid_or_expired"),
        (status = 403, description = "open_signup_disabled"),
        (status = 409, description = "already_in_use"),
        (status = 429, description = "rate_limited"),
    )
)]
pub(crate) async fn sign_up(call: Call, Json(body): Json<SignUpBody>) -> Result<Reply, Problem> {
    let (way, shut) = match body.token.as_deref() {
        None | Some("") => (Way::Open, Problem::OpenSignupDisabled),
        Some(token) => {
            let token = Secret::from_text(token).ok_or(Problem::TokenInvalidOrExpired)?;
            (Way::Token(token.hash()), Problem::TokenInvalidOrExpired)
        }
    };
    let configuration = call.run(Read).await?;
    let applicant = applicant(&call, &body, &configuration);
    let entrance = Entrance { way, limits: crate::SIGN_UP, amr: Amr::SignUp, shut };
    Ok(make(&call, entrance, applicant).await?.as_created())
}

fn applicant(
    call: &Call,
    body: &SignUpBody,
    configuration: &Configuration,
) -> Result<Applicant, Problem> {
    let must_wait = configuration.signup_requires_approval();
    let user = NewUser {
        id: call.new_id()?,
        profile: profile(body, configuration)?,
        email_verified: configuration.emails_verified(),
        is_admin: false,
        access: if must_wait { Access::AwaitingApproval } else { Access::Enabled },
        locale: None,
    };
    Ok(Applicant {
        user,
        default_groups: configuration.default_groups(),
        claims: configuration.default_claims(),
    })
}

/// Where only some domains are welcome, an address is needed to be at one of them.
fn profile(body: &SignUpBody, configuration: &Configuration) -> Result<Profile, Problem> {
    let domains = configuration.signup_email_domains();
    let input = ProfileInput {
        username: body.username.as_deref(),
        email: body.email.as_deref(),
        first_name: &body.first_name,
        last_name: &body.last_name,
        display_name: "",
    };
    let email_is_required = configuration.require_user_email() || !domains.is_empty();
    let profile = Profile::parse(input, email_is_required);
    let email = body.email.as_deref().and_then(|text| EmailAddress::parse(text).ok());
    match email {
        Some(email) if !domains.is_empty() && !email.is_at_one_of(&domains) => {
            let others: Vec<FieldViolation> = profile.err().unwrap_or_default();
            Err(Problem::EmailDomainNotAllowed { others, allowed: domains })
        }
        _ => Ok(profile?),
    }
}

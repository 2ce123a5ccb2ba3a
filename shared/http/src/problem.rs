use std::fmt;

use axum::response::{IntoResponse, Response};
use domain::{FieldViolation, Violation};
use http::StatusCode;
use platform::{DatabaseError, EntropyError};
use serde_json::{Map, Value, json};
use store::StoreError;
use store::limits::Admission;

use crate::SettingError;

/// Everything a request can be refused for, by whose fault it is. The one place that knows what
/// clients see: [`Problem::status`], [`Problem::code`], [`Problem::text`].
#[derive(Debug)]
pub enum Problem {
    // The caller's fault.
    /// 400: the body is not the JSON that the route takes.
    InvalidRequestBody {
        /// Path of the offending field, `user.name` say; empty for the whole body.
        field: String,
        /// What was expected, for people.
        expected: String,
    },
    /// 413: the body is larger than 1 MB.
    RequestBodyTooLarge,
    /// 400: fields break their rules.
    ValidationFailed(Vec<FieldViolation>),
    /// 400: groups that do not exist.
    UnknownGroups(Vec<String>),
    /// 401: no session, or one that ended.
    NotSignedIn,
    /// 403: the user is disabled.
    UserDisabled,
    /// 403: not an administrator.
    Forbidden,
    /// 403: the request comes from a page of another origin.
    ForeignOrigin,
    /// 404: no such route.
    ApiEndpointNotFound,
    /// 405: the route has no such method.
    MethodNotAllowed,
    /// 404: no such user.
    UserNotFound,
    /// 404: no such thing.
    NotFound(Resource),
    /// 409: another one has this.
    AlreadyInUse(Property),
    /// 429: too many requests.
    RateLimited {
        /// Milliseconds to wait.
        retry_after_ms: i64,
    },
    /// 401: a link that does not exist or is no longer active.
    TokenInvalidOrExpired,
    /// 404: somebody exists, set-up is over.
    SetupNotAvailable,
    /// 409: somebody exists, set-up is over.
    SetupAlreadyCompleted,
    /// 403: the deployment's set-up token is missing or wrong.
    SetupTokenRequired,
    /// 400: no ceremony cookie.
    MissingSessionId,
    /// 400: the ceremony is over, used, or somebody else's.
    InvalidWebauthnSession,
    /// 400: the attestation does not verify.
    InvalidWebauthnResponse,
    /// 401: the assertion does not verify.
    WebauthnAuthenticationFailed,
    /// 400: the authenticator did not verify the user.
    PasskeyUserVerificationRequired,
    /// 400: passkeys that sync are not allowed here.
    SyncedPasskeyNotAllowed,
    // A dependency's fault.
    /// 503: the database is busy; try again.
    Busy,
    // Ours.
    /// 500: the client sees a request id, the log sees the rest.
    Internal(Fault),
}

/// What a 404 speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// A credential record.
    Passkey,
    /// A session.
    Session,
    /// A one-time link.
    OneTimeLink,
}

/// What a 409 speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Property {
    /// An e-mail address.
    Email,
    /// A username.
    Username,
    /// An identifier.
    Id,
    /// A passkey.
    Passkey,
}

/// Why a request failed through no fault of the caller. Logged, never shown.
#[derive(Debug)]
pub enum Fault {
    /// The store could not answer.
    Store(StoreError),
    /// The random generator failed.
    Entropy(EntropyError),
    /// A setting is missing or malformed.
    Setting(SettingError),
    /// A session token could not be signed.
    Signing,
    /// A reply could not be written as JSON.
    Reply,
    /// The deployment's address makes no relying party.
    RelyingParty,
    /// A stored credential record holds no usable key.
    CredentialRecord,
}

impl Problem {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::InvalidRequestBody { .. }
            | Self::ValidationFailed(_)
            | Self::UnknownGroups(_)
            | Self::MissingSessionId
            | Self::InvalidWebauthnSession
            | Self::InvalidWebauthnResponse
            | Self::PasskeyUserVerificationRequired
            | Self::SyncedPasskeyNotAllowed => StatusCode::BAD_REQUEST,
            Self::NotSignedIn
            | Self::TokenInvalidOrExpired
            | Self::WebauthnAuthenticationFailed => StatusCode::UNAUTHORIZED,
            Self::UserDisabled
            | Self::Forbidden
            | Self::ForeignOrigin
            | Self::SetupTokenRequired => StatusCode::FORBIDDEN,
            Self::ApiEndpointNotFound
            | Self::UserNotFound
            | Self::NotFound(_)
            | Self::SetupNotAvailable => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::AlreadyInUse(_) | Self::SetupAlreadyCompleted => StatusCode::CONFLICT,
            Self::RequestBodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The machine-readable code; an unknown route has none.
    pub fn code(&self) -> Option<&'static str> {
        Some(match self {
            Self::InvalidRequestBody { .. } => "invalid_request_body",
            Self::RequestBodyTooLarge => "request_body_too_large",
            Self::ValidationFailed(_) | Self::UnknownGroups(_) => "validation_failed",
            Self::NotSignedIn => "not_signed_in",
            Self::UserDisabled => "user_disabled",
            Self::Forbidden => "forbidden",
            Self::ForeignOrigin => "foreign_origin",
            Self::ApiEndpointNotFound => return None,
            Self::MethodNotAllowed => "method_not_allowed",
            Self::UserNotFound => "user_not_found",
            Self::NotFound(_) => "not_found",
            Self::AlreadyInUse(_) => "already_in_use",
            Self::RateLimited { .. } => "rate_limited",
            Self::TokenInvalidOrExpired => "token_invalid_or_expired",
            Self::SetupNotAvailable => "setup_not_available",
            Self::SetupAlreadyCompleted => "setup_already_completed",
            Self::SetupTokenRequired => "setup_token_required",
            Self::MissingSessionId => "missing_session_id",
            Self::InvalidWebauthnSession => "invalid_webauthn_session",
            Self::InvalidWebauthnResponse => "invalid_webauthn_response",
            Self::WebauthnAuthenticationFailed => "webauthn_authentication_failed",
            Self::PasskeyUserVerificationRequired => "passkey_user_verification_required",
            Self::SyncedPasskeyNotAllowed => "synced_passkey_not_allowed",
            Self::Busy => "database_busy",
            Self::Internal(_) => "internal_error",
        })
    }

    /// What people read.
    pub fn text(&self) -> String {
        match self {
            Self::InvalidRequestBody { .. } => "Request body is invalid",
            Self::RequestBodyTooLarge => "Request body is larger than 1 MB",
            Self::ValidationFailed(fields) => return join(fields.iter().map(sentence)),
            Self::UnknownGroups(ids) => {
                return format!("User groups not found: {}", ids.join(", "));
            }
            Self::NotSignedIn => "You are not signed in",
            Self::UserDisabled => "Your account is disabled",
            Self::Forbidden => "You don't have permission to perform this action",
            Self::ForeignOrigin => "This request comes from another website",
            Self::ApiEndpointNotFound => "API endpoint not found",
            Self::MethodNotAllowed => "This method is not allowed here",
            Self::UserNotFound => "User not found",
            Self::NotFound(resource) => return format!("{} not found", resource.name()),
            Self::AlreadyInUse(property) => {
                return format!("{} is already in use", property.name());
            }
            Self::RateLimited { .. } => "Too many requests",
            Self::TokenInvalidOrExpired => "Token is invalid or expired",
            Self::SetupNotAvailable => "Not found",
            Self::SetupAlreadyCompleted => "Setup is already completed",
            Self::SetupTokenRequired => "The setup token is missing or wrong",
            Self::MissingSessionId => "The passkey ceremony has no session. Please try again",
            Self::InvalidWebauthnSession => "The passkey ceremony has expired. Please try again",
            Self::InvalidWebauthnResponse => "The passkey could not be registered",
            Self::WebauthnAuthenticationFailed => "The passkey could not be verified",
            Self::PasskeyUserVerificationRequired => "The passkey must verify the user",
            Self::SyncedPasskeyNotAllowed => "Synced passkeys are not allowed",
            Self::Busy => "The service is busy. Please try again",
            Self::Internal(_) => "Something went wrong",
        }
        .to_owned()
    }

    /// The envelope's `details`, where there are any.
    pub fn details(&self) -> Option<Value> {
        match self {
            Self::ValidationFailed(fields) => {
                let fields: Vec<Value> = fields.iter().map(field_details).collect();
                Some(json!({ "fields": fields }))
            }
            Self::UnknownGroups(ids) => Some(json!({
                "fields": [{ "field": "userGroupIds", "code": "not_found", "message": self.text() }],
                "ids": ids,
            })),
            Self::InvalidRequestBody { field, expected } => Some(json!({
                "fields": [{ "field": field, "code": "invalid_format", "message": expected }],
            })),
            Self::AlreadyInUse(property) => Some(json!({ "property": property.field() })),
            Self::NotFound(resource) => Some(json!({ "resource": resource.name() })),
            _ => None,
        }
    }

    /// The whole envelope.
    pub(crate) fn envelope(&self, request_id: &str) -> Value {
        let mut envelope = Map::new();
        envelope.insert("error".to_owned(), self.text().into());
        if let Some(code) = self.code() {
            envelope.insert("code".to_owned(), code.into());
        }
        if let Some(details) = self.details() {
            envelope.insert("details".to_owned(), details);
        }
        envelope.insert("request_id".to_owned(), request_id.into());
        Value::Object(envelope)
    }
}

fn sentence(field: &FieldViolation) -> String {
    format!("{} {}", words(field.field), field.violation.rule())
}

fn field_details(field: &FieldViolation) -> Value {
    json!({
        "field": field.field,
        "code": field.violation.code(),
        "message": sentence(field),
    })
}

fn join(sentences: impl Iterator<Item = String>) -> String {
    sentences.collect::<Vec<_>>().join(", ")
}

/// `firstName` as people read it: `First name`.
fn words(field: &str) -> String {
    let mut words = String::new();
    for (i, c) in field.chars().enumerate() {
        match c {
            _ if i == 0 => words.extend(c.to_uppercase()),
            _ if c.is_uppercase() => words.extend([' ', c.to_ascii_lowercase()]),
            _ => words.push(c),
        }
    }
    words
}

impl Resource {
    fn name(self) -> &'static str {
        match self {
            Self::Passkey => "Passkey",
            Self::Session => "Session",
            Self::OneTimeLink => "One-time link",
        }
    }
}

impl Property {
    fn name(self) -> &'static str {
        match self {
            Self::Email => "Email",
            Self::Username => "Username",
            Self::Id => "ID",
            Self::Passkey => "Passkey",
        }
    }

    fn field(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Username => "username",
            Self::Id => "id",
            Self::Passkey => "passkey",
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Database(DatabaseError::Busy) => Self::Busy,
            other => Self::Internal(Fault::Store(other)),
        }
    }
}

impl From<EntropyError> for Problem {
    fn from(error: EntropyError) -> Self {
        Self::Internal(Fault::Entropy(error))
    }
}

impl From<Vec<FieldViolation>> for Problem {
    fn from(fields: Vec<FieldViolation>) -> Self {
        Self::ValidationFailed(fields)
    }
}

impl From<(&'static str, Violation)> for Problem {
    fn from((field, violation): (&'static str, Violation)) -> Self {
        Self::ValidationFailed(vec![FieldViolation { field, violation }])
    }
}

impl From<Admission> for Problem {
    fn from(admission: Admission) -> Self {
        match admission {
            Admission::Admitted => Self::RateLimited { retry_after_ms: 1 },
            Admission::Refused { retry_after_ms } => Self::RateLimited { retry_after_ms },
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store(error) => error.fmt(f),
            Self::Entropy(error) => error.fmt(f),
            Self::Setting(error) => error.fmt(f),
            Self::Signing => f.write_str("the session token could not be signed"),
            Self::Reply => f.write_str("the reply could not be written as JSON"),
            Self::RelyingParty => f.write_str("APP_URL makes no relying party"),
            Self::CredentialRecord => f.write_str("a credential record holds no usable key"),
        }
    }
}

/// Hands the problem to the outermost layer, which knows the request id and writes the envelope.
impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(std::sync::Arc::new(self));
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_validation_problem_names_every_field_in_words() {
        let problem = Problem::ValidationFailed(vec![
            FieldViolation { field: "username", violation: Violation::Required },
            FieldViolation { field: "firstName", violation: Violation::TooLong { max: 50 } },
        ]);
        assert_eq!(
            problem.envelope("r"),
            json!({
                "error": "Username is required, First name must be at most 50 characters long",
                "code": "validation_failed",
                "details": { "fields": [
                    { "field": "username", "code": "required", "message": "Username is required" },
                    { "field": "firstName", "code": "too_long",
                      "message": "First name must be at most 50 characters long" },
                ] },
                "request_id": "r",
            })
        );
    }

    #[test]
    fn an_internal_problem_shows_nothing_of_ours() {
        let problem = Problem::from(StoreError::MissingOutcome);
        assert_eq!(
            problem.envelope("r"),
            json!({ "error": "Something went wrong", "code": "internal_error", "request_id": "r" })
        );
    }
}

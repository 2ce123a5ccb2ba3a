use http::StatusCode;

use super::Problem;

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
}

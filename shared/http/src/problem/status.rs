use http::StatusCode;

use super::Problem;

impl Problem {
    /// The HTTP status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::InvalidRequestBody { .. }
            | Self::ValidationFailed(_)
            | Self::UnknownGroups(_)
            | Self::UnknownUsers(_)
            | Self::UnknownColumns(_)
            | Self::EmailDomainNotAllowed { .. }
            | Self::ReservedClaim { .. }
            | Self::DuplicateClaim { .. }
            | Self::InvalidImage
            | Self::InvalidApiKeyExpiration
            | Self::InvalidEmailVerificationToken
            | Self::MissingSessionId
            | Self::InvalidWebauthnSession
            | Self::InvalidWebauthnResponse
            | Self::PasskeyUserVerificationRequired
            | Self::SyncedPasskeyNotAllowed => StatusCode::BAD_REQUEST,
            Self::NotSignedIn
            | Self::ReauthenticationRequired
            | Self::TokenInvalidOrExpired
            | Self::DeviceCodeInvalid
            | Self::WebauthnAuthenticationFailed => StatusCode::UNAUTHORIZED,
            Self::UserDisabled
            | Self::Forbidden
            | Self::ApiKeyAuthNotAllowed
            | Self::LdapUserUpdate
            | Self::LdapUserGroupUpdate
            | Self::ForeignOrigin
            | Self::OneTimeAccessDisabled
            | Self::EmailVerificationDisabled
            | Self::OpenSignupDisabled
            | Self::SetupTokenRequired => StatusCode::FORBIDDEN,
            Self::ApiEndpointNotFound
            | Self::UserNotFound
            | Self::NotFound(_)
            | Self::ImageNotFound
            | Self::ApiKeyNotFound
            | Self::SetupNotAvailable => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::AlreadyInUse(_)
            | Self::SetupAlreadyCompleted
            | Self::LastAdmin
            | Self::OwnAccount
            | Self::UserEmailNotSet
            | Self::EmailExpired
            | Self::EmailNotSent { .. }
            | Self::LdapDisabled
            | Self::LdapNotConfigured { .. }
            | Self::LdapFailed { .. }
            | Self::LdapSyncAborted { .. }
            | Self::LdapPlanOutdated
            | Self::ApiKeyNotExpired
            | Self::TooManyApiKeys { .. } => StatusCode::CONFLICT,
            Self::PreconditionFailed => StatusCode::PRECONDITION_FAILED,
            Self::FileTypeNotSupported => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::RequestBodyTooLarge | Self::FileTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
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
            Self::ValidationFailed(_)
            | Self::UnknownGroups(_)
            | Self::UnknownUsers(_)
            | Self::UnknownColumns(_)
            | Self::EmailDomainNotAllowed { .. } => "validation_failed",
            Self::ReservedClaim { .. } => "reserved_claim",
            Self::DuplicateClaim { .. } => "duplicate_claim",
            Self::InvalidImage => "invalid_image",
            Self::FileTooLarge { .. } => "file_too_large",
            Self::FileTypeNotSupported => "file_type_not_supported",
            Self::ImageNotFound => "image_not_found",
            Self::InvalidApiKeyExpiration => "invalid_api_key_expiration",
            Self::ApiKeyNotFound => "api_key_not_found",
            Self::ApiKeyNotExpired => "api_key_not_expired",
            Self::TooManyApiKeys { .. } => "too_many_api_keys",
            Self::NotSignedIn => "not_signed_in",
            Self::UserDisabled => "user_disabled",
            Self::Forbidden => "forbidden",
            Self::ApiKeyAuthNotAllowed => "api_key_auth_not_allowed",
            Self::ReauthenticationRequired => "reauthentication_required",
            Self::LastAdmin => "last_admin",
            Self::OwnAccount => "own_account",
            Self::LdapUserUpdate => "ldap_user_update",
            Self::LdapUserGroupUpdate => "ldap_user_group_update",
            Self::LdapDisabled => "ldap_disabled",
            Self::LdapNotConfigured { .. } => "ldap_not_configured",
            Self::LdapFailed { .. } => "ldap_failed",
            Self::LdapSyncAborted { .. } => "ldap_sync_aborted",
            Self::LdapPlanOutdated => "ldap_plan_outdated",
            Self::PreconditionFailed => "precondition_failed",
            Self::ForeignOrigin => "foreign_origin",
            Self::ApiEndpointNotFound => return None,
            Self::MethodNotAllowed => "method_not_allowed",
            Self::UserNotFound => "user_not_found",
            Self::NotFound(_) => "not_found",
            Self::UserEmailNotSet => "user_email_not_set",
            Self::EmailExpired => "email_expired",
            Self::EmailNotSent { .. } => "email_not_sent",
            Self::AlreadyInUse(_) => "already_in_use",
            Self::RateLimited { .. } => "rate_limited",
            Self::TokenInvalidOrExpired => "token_invalid_or_expired",
            Self::DeviceCodeInvalid => "device_code_invalid",
            Self::OneTimeAccessDisabled => "one_time_access_disabled",
            Self::EmailVerificationDisabled => "email_verification_disabled",
            Self::InvalidEmailVerificationToken => "invalid_email_verification_token",
            Self::OpenSignupDisabled => "open_signup_disabled",
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

use domain::FieldViolation;

use super::{Problem, Property, Resource};

impl Problem {
    /// What people read.
    pub fn text(&self) -> String {
        match self {
            Self::InvalidRequestBody { .. } => "Request body is invalid",
            Self::RequestBodyTooLarge => "Request body is too large",
            Self::ValidationFailed(fields) => return join(fields.iter().map(sentence)),
            Self::UnknownGroups(ids) => {
                return format!("User groups not found: {}", ids.join(", "));
            }
            Self::UnknownUsers(ids) => return format!("Users not found: {}", ids.join(", ")),
            Self::UnknownColumns(names) => return format!("Unknown columns: {}", names.join(", ")),
            Self::ReservedClaim { key } => return format!("Claim {key} is reserved"),
            Self::DuplicateClaim { key } => return format!("Claim {key} is given twice"),
            Self::InvalidImage => "The image cannot be read or is too large to unpack",
            Self::FileTooLarge { max } => {
                return format!("The file is larger than {} MB", max / 1_000_000);
            }
            Self::FileTypeNotSupported => "This kind of file is not supported here",
            Self::ImageNotFound => "Image not found",
            Self::InvalidApiKeyExpiration => "The expiration date must lie in the future",
            Self::ApiKeyNotFound => "API key not found",
            Self::ApiKeyNotExpired => "Only an expired API key can be renewed",
            Self::TooManyApiKeys { most } => {
                return format!("You have {most} API keys. Delete one first");
            }
            Self::NotSignedIn => "You are not signed in",
            Self::UserDisabled => "Your account is disabled",
            Self::Forbidden => "You don't have permission to perform this action",
            Self::ApiKeyAuthNotAllowed => "This cannot be done with an API key",
            Self::ReauthenticationRequired => "Please confirm with your passkey first",
            Self::LastAdmin => "The last administrator cannot be removed",
            Self::OwnAccount => "You cannot delete, disable or demote yourself",
            Self::LdapUserUpdate => "This user is managed by the directory",
            Self::LdapDisabled => "LDAP is not enabled",
            Self::LdapNotConfigured { missing } => {
                return format!("LDAP is not set up: {} is missing", missing.join(", "));
            }
            Self::LdapFailed { message, .. } => return message.clone(),
            Self::LdapSyncAborted { .. } => {
                "The sync was held back because the directory looks wrong. Nothing was changed"
            }
            Self::LdapPlanOutdated => "This plan is outdated. Make a new preview",
            Self::LdapUserGroupUpdate => "This group is managed by the directory",
            Self::PreconditionFailed => "Somebody else has changed this. Please reload",
            Self::ForeignOrigin => "This request comes from another website",
            Self::ApiEndpointNotFound => "API endpoint not found",
            Self::MethodNotAllowed => "This method is not allowed here",
            Self::UserNotFound => "User not found",
            Self::NotFound(resource) => return format!("{} not found", resource.name()),
            Self::AlreadyInUse(property) => {
                return format!("{} is already in use", property.name());
            }
            Self::UserEmailNotSet => "The user has no email address",
            Self::EmailExpired => "What this email is about is over",
            Self::EmailNotSent { reply, .. } => return format!("The email was not sent: {reply}"),
            Self::RateLimited { .. } => "Too many requests",
            Self::TokenInvalidOrExpired => "Token is invalid or expired",
            Self::DeviceCodeInvalid => {
                "One-time access code must be used on the device it was generated for"
            }
            Self::OneTimeAccessDisabled => "One-time access by email is switched off",
            Self::EmailVerificationDisabled => "Email verification is switched off",
            Self::InvalidEmailVerificationToken => "Email verification token is invalid",
            Self::OpenSignupDisabled => "Signing up needs a token here",
            Self::EmailDomainNotAllowed { others, allowed } => {
                let domain = Some(domain_sentence(allowed));
                return join(others.iter().map(sentence).chain(domain));
            }
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
}

/// What is wrong with a field, as a sentence.
pub(super) fn sentence(field: &FieldViolation) -> String {
    format!("{} {}", words(field.field), field.violation.rule())
}

/// Where an address must be.
pub(super) fn domain_sentence(allowed: &[String]) -> String {
    format!("Email must be an address at {}", allowed.join(" or "))
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
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Passkey => "Passkey",
            Self::Session => "Session",
            Self::OneTimeLink => "One-time link",
            Self::SignupToken => "Signup token",
            Self::UserGroup => "User group",
            Self::Email => "Email",
            Self::LdapRun => "LDAP run",
        }
    }
}

impl Property {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Email => "Email",
            Self::Username => "Username",
            Self::Id => "ID",
            Self::Passkey => "Passkey",
            Self::Name => "Name",
        }
    }

    pub(super) fn field(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Username => "username",
            Self::Id => "id",
            Self::Passkey => "passkey",
            Self::Name => "name",
        }
    }
}

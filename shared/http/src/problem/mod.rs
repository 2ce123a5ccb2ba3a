//! Why requests are refused, and the one place that says so on the wire.

mod envelope;
mod sources;
mod status;
mod text;

use std::borrow::Cow;

use domain::FieldViolation;
use platform::{Detail, EntropyError, KeyValueError};
use store::StoreError;

use crate::SettingError;

/// Everything a request can be refused for, by whose fault it is. What clients see of it is said
/// once: [`Problem::status`], [`Problem::code`], [`Problem::text`].
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
    /// 413: the body is larger than the route takes, 1 MB unless it says otherwise.
    RequestBodyTooLarge,
    /// 400: fields break their rules.
    ValidationFailed(Vec<FieldViolation>),
    /// 400: groups that do not exist.
    UnknownGroups(Vec<String>),
    /// 400: users that do not exist.
    UnknownUsers(Vec<String>),
    /// 400: columns of a file that are not taken.
    UnknownColumns(Vec<String>),
    /// 400: a custom claim that the standard claims own.
    ReservedClaim {
        /// The key.
        key: String,
    },
    /// 400: two custom claims of one key.
    DuplicateClaim {
        /// The key.
        key: String,
    },
    /// 400: no image that can be read, or one too large to unpack.
    InvalidImage,
    /// 413: an image file larger than is taken.
    FileTooLarge {
        /// Most bytes.
        max: usize,
    },
    /// 415: a kind of file that is not taken here.
    FileTypeNotSupported,
    /// 404: no such image.
    ImageNotFound,
    /// 400: an API key must end in the future.
    InvalidApiKeyExpiration,
    /// 404: no such API key of one's own.
    ApiKeyNotFound,
    /// 409: only an expired API key is renewed.
    ApiKeyNotExpired,
    /// 409: the user has as many API keys as one can have.
    TooManyApiKeys {
        /// That many.
        most: u32,
    },
    /// 401: no session, or one that ended.
    NotSignedIn,
    /// 403: the user is disabled.
    UserDisabled,
    /// 403: not an administrator.
    Forbidden,
    /// 403: only a session may do this, no API key.
    ApiKeyAuthNotAllowed,
    /// 401: a passkey must be asserted first.
    ReauthenticationRequired,
    /// 409: nobody would be left to administrate.
    LastAdmin,
    /// 409: administrators neither delete, disable nor demote themselves.
    OwnAccount,
    /// 403: the directory owns this user.
    LdapUserUpdate,
    /// 403: the directory owns this group.
    LdapUserGroupUpdate,
    /// 409: no directory is synced.
    LdapDisabled,
    /// 409: the directory cannot be read before these are set.
    LdapNotConfigured {
        /// Settings of the configuration, or of the deployment.
        missing: Vec<&'static str>,
    },
    /// 409: the directory could not be read.
    LdapFailed {
        /// How far it came: `settings`, `proxy`, `connect`, `tls`, `bind`, `search` or `answer`.
        stage: Cow<'static, str>,
        /// The directory's words, or ours.
        message: String,
    },
    /// 409: what the directory says looks wrong, and nothing of it was applied.
    LdapSyncAborted {
        /// The run whose plan it is.
        run: uuid::Uuid,
        /// Why, as the run says.
        reason: &'static str,
    },
    /// 409: another plan was applied since, or this one is too old.
    LdapPlanOutdated,
    /// 412: somebody else changed it since it was read.
    PreconditionFailed,
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
    /// 409: the user has no address that mail could go to.
    UserEmailNotSet,
    /// 409: what the mail speaks of is over.
    EmailExpired,
    /// 409: a mail could not be sent.
    EmailNotSent {
        /// How far it came: `settings`, `connect`, `tls`, `greeting`, `authentication`, `sender`,
        /// `recipient` or `message`.
        stage: &'static str,
        /// The server's words, or ours.
        reply: String,
    },
    /// 409: another one has this.
    AlreadyInUse(Property),
    /// 429: too many requests.
    RateLimited {
        /// Milliseconds to wait.
        retry_after_ms: i64,
    },
    /// 401: a link that does not exist or is no longer active.
    TokenInvalidOrExpired,
    /// 401: a link that only the browser that asked for it may redeem, or a code without that browser.
    DeviceCodeInvalid,
    /// 403: one-time links are not mailed here.
    OneTimeAccessDisabled,
    /// 403: addresses are not verified by mail here.
    EmailVerificationDisabled,
    /// 400: a proof of an address that does not exist, is over, or is of another address or user.
    InvalidEmailVerificationToken,
    /// 403: no token, and only with one may people sign up, if at all.
    OpenSignupDisabled,
    /// 400: an address at a domain where people may not sign up.
    EmailDomainNotAllowed {
        /// What else is wrong.
        others: Vec<FieldViolation>,
        /// Where they may.
        allowed: Vec<String>,
    },
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
    /// A sign-up token.
    SignupToken,
    /// A user group.
    UserGroup,
    /// A mail.
    Email,
    /// A run of the directory's sync.
    LdapRun,
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
    /// A group's name.
    Name,
}

/// Why a request failed through no fault of the caller. Logged, never shown.
#[derive(Debug)]
pub enum Fault {
    /// The store could not answer.
    Store(StoreError),
    /// The key-value store could not answer.
    KeyValue(KeyValueError),
    /// The random generator failed.
    Entropy(EntropyError),
    /// A stored secret cannot be opened with this deployment's key.
    Sealed,
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
    /// The directory's pictures could not all be brought in line.
    LdapPictures(Detail),
}

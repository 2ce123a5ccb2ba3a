//! One variant for each check that may fail. None carries data of the request.

use thiserror::Error;

/// Why a URL can't name a relying party. The operator's mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum InvalidRelyingParty {
    /// The text is not an absolute URL.
    #[error("the application URL is not a URL")]
    NotAUrl,
    /// Neither https, nor http on the loopback host.
    #[error("the application URL is neither https nor http on localhost")]
    InsecureScheme,
    /// An RP ID is a domain (§5.1.3); an IP address can't be one.
    #[error("the application URL names no domain")]
    NotADomain,
    /// There is a path, a query, a fragment or a user name.
    #[error("the application URL is more than an origin")]
    NotAnOrigin,
}

/// Why a response is not a `RegistrationResponseJSON` or an
/// `AuthenticationResponseJSON` (§5.1). The client's fault; it names the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MalformedResponse {
    /// The field is not base64url without padding.
    #[error("`{0}` is not base64url without padding")]
    NotBase64Url(&'static str),
    /// `id` and `rawId` name different credentials.
    #[error("`id` and `rawId` differ")]
    IdsDiffer,
    /// The type is not `public-key`.
    #[error("`type` is not `public-key`")]
    NotPublicKey,
}

/// Why the client data were refused: §7.1 (5)–(11), §7.2 (8)–(14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ClientDataError {
    /// The bytes are not the JSON of `CollectedClientData`: §7.1 (6), §7.2 (9).
    #[error("the client data are malformed")]
    Malformed,
    /// They are of the other ceremony: §7.1 (7), §7.2 (10).
    #[error("the client data are of another ceremony")]
    WrongType,
    /// They answer another challenge: §7.1 (8), §7.2 (11).
    #[error("the client data answer another challenge")]
    WrongChallenge,
    /// They come from another origin: §7.1 (9), §7.2 (12).
    #[error("the client data come from another origin")]
    WrongOrigin,
    /// They come from an iframe of another origin: §7.1 (10), §7.2 (13).
    #[error("the ceremony ran inside a page of another origin")]
    CrossOrigin,
    /// They name a top-level origin: §7.1 (11), §7.2 (14).
    #[error("the ceremony ran under another top-level origin")]
    TopOrigin,
}

/// Why the authenticator data were refused: §7.1 (14)–(17), §7.2 (15)–(18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AuthenticatorDataError {
    /// The bytes don't follow §6.1.
    #[error("the authenticator data are malformed")]
    Malformed,
    /// Bytes follow the end that the flags announce (§6.1).
    #[error("the authenticator data have trailing bytes")]
    TrailingBytes,
    /// The credential ID has no byte, or more than 1023: §7.1 (25).
    #[error("the credential ID is empty or longer than 1023 bytes")]
    CredentialIdLength,
    /// They are scoped to another RP ID: §7.1 (14), §7.2 (15).
    #[error("the authenticator data are for another relying party")]
    WrongRelyingParty,
    /// The UP flag is not set: §7.1 (15), §7.2 (16).
    #[error("the user was not present")]
    UserNotPresent,
    /// The BS flag is set and BE is not: §7.1 (17), §7.2 (18).
    #[error("the credential is backed up but not eligible for it")]
    BackedUpButNotEligible,
}

/// Why a registration was refused. Always for what the client sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RegistrationError {
    /// See [`ClientDataError`].
    #[error(transparent)]
    ClientData(#[from] ClientDataError),
    /// See [`AuthenticatorDataError`].
    #[error(transparent)]
    AuthenticatorData(#[from] AuthenticatorDataError),
    /// The attestation object is not the CBOR of §6.5.4: (13).
    #[error("the attestation object is malformed")]
    AttestationObject,
    /// There are no attested credential data (§6.5.2): (13).
    #[error("the authenticator attested no credential")]
    NoAttestedCredential,
    /// `id` is not the attested credential ID (§5.1, the `[[identifier]]` slot).
    #[error("the credential ID is not the attested one")]
    WrongCredentialId,
    /// The UV flag is not set although it is required: (16).
    #[error("the user was not verified")]
    UserNotVerified,
    /// The credential is backup eligible, which the policy rules out: (18).
    #[error("synced credentials are not allowed")]
    SyncedNotAllowed,
    /// The algorithm is not among those offered: (20).
    #[error("the algorithm was not offered")]
    AlgorithmNotOffered,
    /// The public key is no usable key of its algorithm (§5.8.5): (20).
    #[error("the public key is invalid")]
    PublicKey,
    /// The format is no identifier by §8.1: (21).
    #[error("the attestation statement format is malformed")]
    AttestationFormat,
    /// The statement does not verify: (22).
    #[error("the attestation statement is invalid")]
    AttestationStatement,
    /// The client says that the credential is not discoverable: (28).
    #[error("the credential is not discoverable")]
    NotDiscoverable,
}

/// Why an assertion was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum AuthenticationError {
    /// The response is of another credential than the record: (6).
    #[error("the response is of another credential")]
    WrongCredential,
    /// There is no user handle, though the credential was discovered: (6).
    #[error("the user handle is missing")]
    NoUserHandle,
    /// The user handle is another user's: (6).
    #[error("the user handle is of another user")]
    WrongUserHandle,
    /// See [`ClientDataError`].
    #[error(transparent)]
    ClientData(#[from] ClientDataError),
    /// See [`AuthenticatorDataError`].
    #[error(transparent)]
    AuthenticatorData(#[from] AuthenticatorDataError),
    /// The UV flag is not set although it is required: (17).
    #[error("the user was not verified")]
    UserNotVerified,
    /// The BE flag differs from the record: (19).
    #[error("the backup eligibility of the credential changed")]
    BackupEligibilityChanged,
    /// The signature does not verify: (21).
    #[error("the signature is invalid")]
    Signature,
    /// The sign count did not grow, which hints at a cloned authenticator: (22).
    #[error("the sign count went backwards")]
    SignCountRegressed,
    /// The stored record holds no usable public key. Our fault, not the client's.
    #[error("the credential record is unusable")]
    Record,
}

use serde::{Deserialize, Serialize};

/// Whether a ceremony insists on user verification (§5.8.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UserVerification {
    /// A response without the UV flag is refused.
    Required,
    /// The authenticator verifies the user if it can; the flag is recorded.
    Preferred,
}

/// Which authenticators may be registered (§5.4.5). A hint to the browser: no
/// signed part of a response says what was used, so nothing enforces it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthenticatorAttachment {
    /// No preference.
    Any,
    /// Part of the device in hand.
    Platform,
    /// A security key or another device.
    CrossPlatform,
}

/// What a registration ceremony demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegistrationPolicy {
    /// Whether the UV flag must be set.
    pub user_verification: UserVerification,
    /// Which authenticators the browser offers.
    pub attachment: AuthenticatorAttachment,
    /// Whether a backup eligible credential is acceptable.
    pub allow_synced: bool,
}

//! The deployment's configuration: what administrators chose, over the defaults in code.

mod read;
mod write;

use std::collections::BTreeMap;

use domain::{Audience, Setting};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use read::{Read, ReadVersioned, Versioned};
pub use write::{Change, Write, Written};

use crate::users::Claim;

/// Key of the public snapshot in the key-value store. `administration` writes it; whoever changes
/// something that stands in it takes it away, and the next who asks writes it anew.
pub const SNAPSHOT: &str = "configuration/public";

/// The configuration in force. Written as JSON it is what was chosen, without the defaults.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Configuration(BTreeMap<String, String>);

impl Configuration {
    /// A setting's value; of a secret, its sealed form.
    pub fn value(&self, setting: &Setting) -> &str {
        self.get(setting.key).unwrap_or(setting.default)
    }

    /// The part that everybody may see.
    #[must_use]
    pub fn public(&self) -> Self {
        let is_public = |key: &str| {
            Setting::find(key).is_some_and(|setting| setting.audience == Audience::Everybody)
        };
        let pairs = self.0.iter().filter(|(key, _)| is_public(key));
        Self(pairs.map(|(key, value)| (key.clone(), value.clone())).collect())
    }

    /// The deployment's name, as pages and authenticators show it.
    pub fn app_name(&self) -> &str {
        self.get("appName").unwrap_or("Postern")
    }

    /// Whether every account needs an e-mail address. Default: yes.
    pub fn require_user_email(&self) -> bool {
        self.get("requireUserEmail") != Some("false")
    }

    /// Whether an address counts as verified without proof. Default: no.
    pub fn emails_verified(&self) -> bool {
        self.get("emailsVerified") == Some("true")
    }

    /// Whether ceremonies require user verification (else they prefer it). Default: yes.
    pub fn require_user_verification(&self) -> bool {
        self.get("webauthnUserVerification") != Some("preferred")
    }

    /// Whether passkeys that sync between devices may be registered. Default: yes.
    pub fn allow_synced_passkeys(&self) -> bool {
        self.get("webauthnAllowSyncedPasskeys") != Some("false")
    }

    /// Which authenticators may be registered: `any`, `platform` or `cross-platform`.
    pub fn authenticator_attachment(&self) -> &str {
        self.get("webauthnAuthenticatorAttachment").unwrap_or("any")
    }

    /// Whether a directory is synced, which then owns its users. Default: no.
    pub fn ldap_enabled(&self) -> bool {
        self.get("ldapEnabled") == Some("true")
    }

    /// Whether people may change their own names and address. Default: yes.
    pub fn allow_own_account_edit(&self) -> bool {
        self.get("allowOwnAccountEdit") != Some("false")
    }

    /// Whether whoever signs up waits until an administrator enables them. Default: no.
    pub fn signup_requires_approval(&self) -> bool {
        self.get("signupRequiresApproval") == Some("true")
    }

    /// At which domains, in lower case, an address must be to sign up; none: anywhere.
    pub fn signup_email_domains(&self) -> Vec<String> {
        self.list("signupAllowedEmailDomains")
    }

    /// The groups of a new user for whom nobody chose any.
    pub fn default_groups(&self) -> Vec<Uuid> {
        self.list("signupDefaultUserGroupIDs")
    }

    /// The custom claims of a new user.
    pub fn default_claims(&self) -> Vec<Claim> {
        self.list("signupDefaultCustomClaims")
    }

    /// A list that the configuration holds as JSON; it was checked when it was written.
    fn list<T: DeserializeOwned>(&self, key: &str) -> Vec<T> {
        self.get(key).and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }
}

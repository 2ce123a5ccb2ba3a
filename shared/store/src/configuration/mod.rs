//! The deployment's configuration: what administrators chose, over the defaults in code.

use std::collections::BTreeMap;

use platform::Statement;
use serde::Deserialize;

use crate::{Batch, Outcomes, StoreError};

/// Every value that differs from its default.
pub struct Read;

#[derive(Deserialize)]
struct Pair {
    key: String,
    value: String,
}

impl Batch for Read {
    type Output = Configuration;

    fn statements(&self) -> Vec<Statement> {
        // Walks the whole table on purpose, along its key: it has one row a setting.
        vec![Statement::new(
            "SELECT json_group_array(json_object('key', key, 'value', value)) \
             FROM configuration WHERE key > ''",
            [],
        )]
    }

    fn read(&self, outcomes: &mut Outcomes) -> Result<Configuration, StoreError> {
        let pairs: Vec<Pair> = outcomes.list()?;
        Ok(Configuration(pairs.into_iter().map(|pair| (pair.key, pair.value)).collect()))
    }
}

/// The configuration in force.
#[derive(Debug, Default)]
pub struct Configuration(BTreeMap<String, String>);

/// A setting that everybody may see.
pub struct PublicSetting {
    /// Its name.
    pub key: &'static str,
    /// How clients read its value.
    pub kind: &'static str,
    default: &'static str,
}

/// The public settings with their defaults, in the order of the reply.
pub const PUBLIC: &[PublicSetting] = &[
    PublicSetting { key: "appName", kind: "string", default: "Postern" },
    PublicSetting { key: "homePageUrl", kind: "string", default: "/settings/account" },
    PublicSetting { key: "disableAnimations", kind: "bool", default: "false" },
    PublicSetting { key: "allowOwnAccountEdit", kind: "bool", default: "true" },
    PublicSetting { key: "allowUserSignups", kind: "string", default: "disabled" },
    PublicSetting { key: "accentColor", kind: "string", default: "default" },
    PublicSetting { key: "requireUserEmail", kind: "bool", default: "true" },
    PublicSetting { key: "ldapEnabled", kind: "bool", default: "false" },
    PublicSetting {
        key: "emailOneTimeAccessAsUnauthenticatedEnabled",
        kind: "bool",
        default: "false",
    },
    PublicSetting { key: "emailOneTimeAccessAsAdminEnabled", kind: "bool", default: "false" },
    PublicSetting { key: "emailVerificationEnabled", kind: "bool", default: "false" },
];

impl Configuration {
    /// The value of a public setting.
    pub fn public(&self, setting: &PublicSetting) -> &str {
        self.get(setting.key).unwrap_or(setting.default)
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

    fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }
}

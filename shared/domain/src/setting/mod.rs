//! The deployment's configuration: every setting with its default and its rule.

mod lists;
mod rule;
mod table;

pub use rule::SettingRule;
pub use table::SETTINGS;

use crate::Violation;

/// A setting that administrators may change.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name, as stored and on the wire.
    pub key: &'static str,
    /// What it is while nobody chose anything else.
    pub default: &'static str,
    /// What it may be.
    pub rule: SettingRule,
    /// Who may see it.
    pub audience: Audience,
}

/// Who may see a setting's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody, before signing in.
    Everybody,
    /// Administrators.
    Administrators,
    /// Nobody: it is sealed at rest, and only the function that needs it opens it.
    Nobody,
}

impl Setting {
    /// The setting called `key`.
    pub fn find(key: &str) -> Option<&'static Self> {
        SETTINGS.iter().find(|setting| setting.key == key)
    }

    /// The form in which `text` is kept; empty text is the default.
    ///
    /// # Errors
    /// When the setting may not be that.
    pub fn parse(&self, text: &str) -> Result<String, Violation> {
        if text.is_empty() { Ok(self.default.to_owned()) } else { self.rule.parse(text) }
    }

    /// How clients read the value.
    pub fn kind(&self) -> &'static str {
        match self.rule {
            SettingRule::Flag => "bool",
            SettingRule::Number { .. } => "number",
            _ => "string",
        }
    }

    /// Whether it is sealed at rest and masked on the wire.
    pub fn is_secret(&self) -> bool {
        self.audience == Audience::Nobody
    }

    /// Whether it concerns mail or the directory, through either of which others get in: changing it
    /// needs a fresh proof of presence.
    pub fn needs_step_up(&self) -> bool {
        ["smtp", "email", "ldap"].iter().any(|subject| self.key.starts_with(subject))
    }
}

use domain::{Timestamp, Ttl};

use super::{Appearance, Rendered, en, html, text};

/// One of the mails that Postern sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mail {
    /// A link to get in, asked for on the sign-in page.
    OneTimeAccess(OneTimeAccess),
    /// A link to get in, sent by an administrator.
    OneTimeAccessByAdmin(OneTimeAccessByAdmin),
    /// A link that proves that the address is one's own.
    EmailVerification(EmailVerification),
    /// Somebody signed in from a browser not seen before.
    NewSignIn(NewSignIn),
    /// An API key is about to end.
    ApiKeyExpiring(ApiKeyExpiring),
    /// Shows an administrator that mail works.
    Test(Test),
}

impl Mail {
    /// Writes the mail for a deployment that looks so.
    pub fn render(&self, appearance: &Appearance) -> Rendered {
        let app = &appearance.app_name;
        let content = match self {
            Self::OneTimeAccess(mail) => en::one_time_access(mail, app),
            Self::OneTimeAccessByAdmin(mail) => en::one_time_access_by_admin(mail, app),
            Self::EmailVerification(mail) => en::email_verification(mail, app),
            Self::NewSignIn(mail) => en::new_sign_in(mail, app),
            Self::ApiKeyExpiring(mail) => en::api_key_expiring(mail, app),
            Self::Test(mail) => en::test(mail, app),
        };
        Rendered {
            subject: content.subject.filled(),
            text: text::text(&content, appearance),
            html: html::html(&content, appearance),
        }
    }
}

/// A link to get in, asked for on the sign-in page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeAccess {
    /// The recipient's display name.
    pub name: String,
    /// The link, for the browser in which it was asked for.
    pub link: String,
    /// The code to type there instead, for who opens the mail elsewhere.
    pub code: Option<String>,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// The browser that asked (`domain::device_name`).
    pub device: String,
    /// The network address that asked.
    pub address: String,
    /// How long the link works, from when it was asked for.
    pub lives: Ttl,
}

/// A link to get in, sent by an administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeAccessByAdmin {
    /// The recipient's display name.
    pub name: String,
    /// The link.
    pub link: String,
    /// The administrator's display name.
    pub admin: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// How long the link works, from when it was asked for.
    pub lives: Ttl,
}

/// A link that proves that the address is one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmailVerification {
    /// The recipient's display name.
    pub name: String,
    /// The address to prove.
    pub email: String,
    /// The link.
    pub link: String,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// How long the link works, from when it was asked for.
    pub lives: Ttl,
}

/// Somebody signed in from a browser not seen before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSignIn {
    /// The recipient's display name.
    pub name: String,
    /// The browser (`domain::device_name`).
    pub device: String,
    /// Its network address.
    pub address: String,
    /// When.
    pub at: Timestamp,
    /// Where the recipient sees and ends sessions.
    pub link: String,
}

/// An API key is about to end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyExpiring {
    /// The recipient's display name.
    pub name: String,
    /// The key's name.
    pub key: String,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Where the recipient makes a new one.
    pub link: String,
}

/// Shows an administrator that mail works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Test {
    /// The recipient's display name.
    pub name: String,
    /// When it was asked for.
    pub at: Timestamp,
}

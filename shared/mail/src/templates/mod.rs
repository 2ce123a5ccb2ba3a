//! What each mail says. [`Mail::render`] gives its subject, its text and its HTML.
//!
//! A mail is a list of blocks (`block.rs`) filled with values from outside; texts are in `en.rs` and
//! nowhere else. The HTML (`html.rs`) escapes whatever it writes at one place, so no value can become
//! markup; values are isolated, so that a right-to-left name turns nothing around it.

mod accent;
mod appearance;
mod block;
mod en;
mod html;
mod mails;
mod moment;
mod text;
mod value;

pub use accent::Accent;
pub use appearance::Appearance;
pub use mails::{
    ApiKeyExpiring, EmailVerification, Mail, NewSignIn, OneTimeAccess, OneTimeAccessByAdmin, Test,
};

/// A mail's subject and its two bodies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// One line.
    pub subject: String,
    /// Plain text, lines ended by `\n`.
    pub text: String,
    /// A whole HTML document.
    pub html: String,
}

//! The message as it is sent: RFC 5322 headers and a `multipart/alternative` of text and HTML, over
//! `mail-builder`.
//!
//! Headers cannot be injected: names and subjects lose control characters where they come in
//! ([`Mailbox::new`], [`Letter::compose`]), addresses are `domain::EmailAddress`, the Message-ID is
//! built from a UUID and a checked host. Nothing is read from a clock or drawn at random: the
//! boundary and the Message-ID follow from the mail's id, so the same mail is the same bytes.

mod compose;
mod host;
mod mailbox;
mod text;

pub use compose::{Letter, Message};
pub use mailbox::Mailbox;

pub(crate) use host::host_of;

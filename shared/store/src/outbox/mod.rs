//! Mail on its way. A mail is a row that the batch which causes it writes; the dispatcher
//! (`functions/email`) claims rows, sends them and records what came of it.
//!
//! # What is exact
//! A row is *queued* until one record ends it. A dispatcher owns a row while the row holds its
//! claim: an identifier fresh for each claim, with an end. Every statement that moves a row asks for
//! the claim, so of two dispatchers one moves it, and one whose claim ended (it was killed, or too
//! slow) moves nothing. What a dead dispatcher had claimed is due again when the claim ends: nothing
//! is lost.
//!
//! What no statement can decide is whether a server took a mail from a dispatcher that died before
//! it could record the answer (RFC 1047). Such a mail is sent again under the same Message-ID;
//! `handed_over_at` says which one it was. See decision 17.

mod claim;
mod of_user;
mod progress;
mod queue;
mod resend;
mod test_mail;

use serde::{Deserialize, Serialize};

pub use claim::{CLAIM_MS, Claim, ClaimedMail};
pub use of_user::{MailRecord, Mails, OfUser};
pub use progress::{Begin, Ending, Postpone, Record};
pub(crate) use queue::insert_mail;
pub use queue::{NewMail, Queue};
pub use resend::{Resend, Resent};
pub use test_mail::{Addressee, OwnAddress, TestSent};

/// After so long a mail that could not be sent is given up.
pub const GIVE_UP_MS: i64 = 24 * 60 * 60_000;

/// After so many attempts that no server confirmed a mail is given up: each may have been a copy.
pub const MOST_UNCONFIRMED: u32 = 3;

/// What a mail is about; which template writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    /// A one-time link that somebody asked for on the sign-in page.
    OneTimeAccess,
    /// A one-time link that an administrator sends.
    OneTimeAccessByAdmin,
    /// Proof that an address is the user's.
    EmailVerification,
    /// Somebody signed in from a device that was not seen before.
    NewSignIn,
    /// An API key ends soon.
    ApiKeyExpiring,
}

impl Kind {
    /// The name as stored and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OneTimeAccess => "oneTimeAccess",
            Self::OneTimeAccessByAdmin => "oneTimeAccessByAdmin",
            Self::EmailVerification => "emailVerification",
            Self::NewSignIn => "newSignIn",
            Self::ApiKeyExpiring => "apiKeyExpiring",
        }
    }
}

/// What has become of a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailState {
    /// It waits for its first or its next attempt.
    Queued,
    /// A server took it.
    Sent,
    /// A server refused it for good.
    Refused,
    /// What it speaks of had ended before it could be sent.
    Expired,
    /// For a day no server took it, or none confirmed it in [`MOST_UNCONFIRMED`] attempts.
    GivenUp,
}

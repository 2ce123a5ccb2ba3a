//! One-time links: a way in for somebody without a passkey, made by an administrator or mailed to
//! whoever asks for it.
//!
//! A link carries a token; the row has its SHA-256. It is *active* until it is redeemed, revoked or
//! expired, and none of these is ever undone. A link that somebody asked for is bound to the browser
//! that asked (`device_hash`), where a short code may be typed in its place; five wrong ones, and the
//! code is dead, while the link still works.

mod ask;
mod list;
mod mint;
mod redeem;
mod revoke;
mod send;
mod show;

use domain::Timestamp;
use uuid::Uuid;

use crate::SecretHash;

pub use ask::{Ask, Asked};
pub use list::{Link, LinkState, Links, List};
pub use mint::{Mint, Minted};
pub use redeem::{Presented, Redeem, Redeemed};
pub use revoke::{Revoke, Revoked};
pub use send::{Send, Sending};
pub use show::{Addressee, Show, Shown};

/// A link that is to be mailed. Its token is derived from its identifier.
#[derive(Debug, Clone)]
pub struct MailedLink {
    /// A fresh identifier.
    pub id: Uuid,
    /// SHA-256 of its token.
    pub token_hash: SecretHash,
    /// When it ends.
    pub expires_at: Timestamp,
}

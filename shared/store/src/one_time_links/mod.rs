//! One-time links: a way in for somebody without a passkey, made by an administrator.
//!
//! A link carries a random token; the row has its SHA-256. It is *active* until it is redeemed,
//! revoked or expired, and none of these is ever undone.

mod list;
mod mint;
mod redeem;
mod revoke;
mod show;

pub use list::{Link, LinkState, Links, List};
pub use mint::{Mint, Minted};
pub use redeem::{Redeem, Redeemed};
pub use revoke::{Revoke, Revoked};
pub use show::{Addressee, Show, Shown};

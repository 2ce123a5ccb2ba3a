//! Sign-up tokens: each lets some people make an account of their own.
//!
//! The row has the token's SHA-256 alone; the token itself is derived from the identifier, by who has
//! the deployment's key, so that it can be shown again. A token is *active* until it expires or is
//! used up; to revoke it is to delete it. Using one is [`crate::sign_up`].

mod list;
mod mint;
mod record;
mod revoke;
mod show;
mod uses;

pub use list::{List, Page, Sort};
pub use mint::{Mint, Minted};
pub use record::{SignupToken, TokenState};
pub use revoke::Revoke;
pub use show::{Show, Shown};
pub use uses::{Use, Uses, UsesPage};

//! API keys: secrets that act with their owner's rights, without a browser.
//!
//! The row has the SHA-256 of the token, which its owner saw once. A key that has expired stays
//! until its owner renews or revokes it.

mod create;
mod list;
mod notify;
mod renew;
mod revoke;

use domain::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use crate::flag::flag;

pub use create::Create;
pub use list::{Keys, List, Sort};
pub use notify::Notify;
pub use renew::{Renew, Renewed};
pub use revoke::Revoke;

/// An API key as its owner sees it: never its token.
#[derive(Debug, Deserialize)]
pub struct ApiKeyRecord {
    /// Identifier; it lets nobody in.
    pub id: Uuid,
    /// The name its owner gave it.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    /// Whether its owner was told by mail that it ends soon.
    #[serde(deserialize_with = "flag")]
    pub expiration_email_sent: bool,
}

/// An API key as JSON, of a row of `api_keys`. Decoded as [`ApiKeyRecord`].
macro_rules! api_key_json {
    () => {
        "json_object('id', id, 'name', name, 'description', description, \
           'created_at', created_at, 'expires_at', expires_at, 'last_used_at', last_used_at, \
           'expiration_email_sent', expiration_email_sent)"
    };
}

use api_key_json;

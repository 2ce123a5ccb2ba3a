//! Every SQL statement, one file a table or aggregate.
//!
//! **In scope**: what is read and written in which batch, and the argument why that is exact under
//! concurrency, replay and death in the middle. One dialect, SQLite's, on every runtime.
//!
//! **Not in scope**: HTTP, cookies, the ceremonies' cryptography, making random values.
//!
//! # How a state change is built
//! A batch is atomic, so its first statement decides and the others hang on what it wrote: the
//! deciding statement carries the condition (`INSERT … SELECT … WHERE`) and leaves a fresh
//! identifier of this attempt (a session's, an audit entry's, a request's); each further statement
//! asks for that identifier. Two attempts at once have different identifiers, so exactly one finds
//! its own. No statement compensates for another.
//!
//! # How a row is read
//! Each `SELECT` returns one column of JSON text: rows stream slowly on Spin, and one decoder
//! serves every runtime.

mod batch;
mod error;
mod flag;
mod hex;
mod sql;

pub mod api_keys;
pub mod audit;
pub mod callers;
pub mod configuration;
pub mod custom_claims;
pub mod email_verifications;
pub mod known_devices;
pub mod ldap;
pub mod limits;
pub mod one_time_links;
pub mod outbox;
pub mod passkeys;
pub mod pictures;
pub mod sessions;
pub mod setup;
pub mod sign_up;
pub mod signup_tokens;
pub mod user_groups;
pub mod users;

pub use batch::{Batch, Outcomes, trip};
pub use error::StoreError;

/// SHA-256 of a secret, the only form of it that is stored.
pub type SecretHash = [u8; 32];

/// Who sent the request, as sessions and audit entries record it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The client's address, or empty where the runtime does not tell.
    pub ip_address: String,
    /// The `User-Agent` header, cut to 512 bytes.
    pub user_agent: String,
}

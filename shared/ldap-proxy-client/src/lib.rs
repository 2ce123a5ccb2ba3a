//! The protocol of `infra/ldap-proxy`, and a client for it.
//!
//! **In scope**: the types that proxy and client share, so that they cannot drift; how entries fall
//! into buckets and what a bucket's digest is; reading an answer of any length piece by piece, and
//! telling a whole answer from a cut one; comparing names (DNs) as a directory does.
//!
//! **Not in scope**: any I/O (a [`Transport`] sends); LDAP itself; what a sync makes of the answer.
//!
//! The protocol is described in `infra/ldap-proxy/README.md`, why it is as it is in
//! `docs/decisions/0018-the-directory-in-buckets.md`.

mod answer;
mod client;
mod digest;
mod dn;
mod entries;
mod error;
mod failure;
mod lines;
mod problems;
mod request;
mod transport;
mod value;

pub use answer::{Digests, End, Entry, Line, More, Same};
pub use client::Client;
pub use digest::{Buckets, Digest, NotBuckets};
pub use dn::Dn;
pub use entries::{Entries, Item};
pub use error::ClientError;
pub use failure::{Code, Failure, Stage};
pub use problems::{Problem, ProblemKind, Problems};
pub use request::{DigestsRequest, EntriesRequest, Scope, Search};
pub use transport::{Chunks, Transport, TransportError};
pub use value::Value;

/// Where digests are asked for.
pub const DIGESTS_PATH: &str = "/v1/digests";
/// Where entries are asked for.
pub const ENTRIES_PATH: &str = "/v1/entries";

/// The longest line of an answer in bytes. The proxy keeps its lines shorter; a client that meets a
/// longer one stops, instead of filling its memory.
pub const LONGEST_LINE: usize = 6 * 1024 * 1024;
/// The most bytes of values that the proxy puts on one line; what is beyond goes on `more` lines.
/// Text at most doubles in JSON, since text with control characters travels as base64.
pub const LINE_BUDGET: usize = 2 * 1024 * 1024;
/// The most values of one attribute on one line.
pub const LINE_VALUES: usize = 1_000;

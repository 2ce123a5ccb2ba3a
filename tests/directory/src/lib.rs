//! Real directories for tests, the proxy beside them, and a client over real HTTP.
//!
//! **In scope**: starting, filling, changing and ending them; everything listens on the loopback
//! address and goes with the value that stands for it.
//!
//! **Not in scope**: what the proxy or the sync does with them. Misused, it panics, as a test should.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "only tests use this crate"
)]

mod certificates;
mod folder;
mod middleman;
pub mod people;
mod port;
pub mod process;
pub mod program;
mod proxy;
mod samba;
mod slapd;
pub mod transport;

pub use certificates::Certificates;
pub use folder::Folder;
pub use middleman::Middleman;
pub use people::search;
pub use port::free_port;
pub use proxy::{Proxy, SECRET};
pub use samba::Samba;
pub use slapd::{READER_PASSWORD, Slapd};

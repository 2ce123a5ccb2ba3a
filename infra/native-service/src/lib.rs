//! What Postern's native programs have in common.
//!
//! **In scope**: settings from the environment and a file ([`Sources`]), the secret that callers
//! present ([`Secret`]), TLS for either side ([`tls`]), listening until told to stop ([`Listen`]).
//!
//! **Not in scope**: what a program answers, and what it asks elsewhere.

mod listen;
mod secret;
mod sources;
pub mod tls;

pub use listen::{Bound, Listen};
pub use secret::Secret;
pub use sources::Sources;

//! What Postern's native programs have in common.
//!
//! **In scope**: the command line ([`run`]), settings from the environment and a file ([`Sources`]), the secret that callers
//! present ([`Secret`]), TLS for either side ([`tls`]), listening until told to stop ([`Listen`]).
//!
//! **Not in scope**: what a program answers, and what it asks elsewhere.

mod listen;
mod program;
mod secret;
mod sources;
pub mod tls;

pub use listen::{Bound, Listen};
pub use program::{Act, Refused, run};
pub use secret::Secret;
pub use sources::Sources;

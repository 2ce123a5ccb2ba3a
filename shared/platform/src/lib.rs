//! Ports and, side by side, their adapters.
//!
//! **In scope**: what a flow needs from the machine it runs on ([`Database`], [`Clock`],
//! [`Entropy`], [`Settings`], [`Log`]), one adapter a target triple, and the entry macro that turns
//! a function's router into a deployable WASM module.
//!
//! **Not in scope**: SQL (`shared/store`), HTTP meaning (`shared/http`), any rule of the product.
//!
//! The adapter follows the target triple, never a Cargo feature: `wasm32-unknown-unknown` is
//! Cloudflare Workers, the host is the native adapter.

mod clock;
mod database;
mod entropy;
mod entry;
mod log;
mod metered;
mod settings;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub mod cloudflare;
// On the host only its parts without JavaScript, for their tests.
#[cfg(all(test, not(target_family = "wasm")))]
mod cloudflare;
#[cfg(not(target_family = "wasm"))]
pub mod native;

use std::sync::Arc;

pub use clock::Clock;
pub use database::{Database, DatabaseError, Detail, Outcome, Row, Statement, Value};
pub use entropy::{Entropy, EntropyError};
pub use log::Log;
pub use metered::{Metered, Usage};
pub use settings::Settings;

/// Name of the request header that carries the client's address, as this runtime's edge sets it.
///
/// Both edges overwrite or append to whatever a client sends under that name, so the last value is
/// the one to trust.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub const CLIENT_ADDRESS_HEADER: &str = "cf-connecting-ip";
/// Name of the request header that carries the client's address, as the native test host sets it.
#[cfg(not(target_family = "wasm"))]
pub const CLIENT_ADDRESS_HEADER: &str = "x-client-address";

/// Everything a function may ask of its runtime. Cheap to clone.
#[derive(Clone)]
pub struct Platform {
    /// The one source of truth.
    pub database: Arc<dyn Database>,
    /// Wall-clock time.
    pub clock: Arc<dyn Clock>,
    /// Cryptographically secure random bytes.
    pub entropy: Arc<dyn Entropy>,
    /// Settings and secrets of this function alone.
    pub settings: Arc<dyn Settings>,
    /// Structured log lines for the operator.
    pub log: Arc<dyn Log>,
}

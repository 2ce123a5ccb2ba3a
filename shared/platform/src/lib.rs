//! Ports and, side by side, their adapters.
//!
//! **In scope**: what a flow needs from the machine it runs on ([`Database`], [`KeyValue`],
//! [`Clock`], [`Entropy`], [`Settings`], [`Log`], [`Wake`]; for who speaks to other servers,
//! [`Sockets`], [`Http`], [`MailService`] and [`Beside`]), one adapter a target triple, and the entry
//! macro that turns a function's router into a deployable WASM module.
//!
//! **Not in scope**: SQL (`shared/store`), HTTP meaning (`shared/http`), any rule of the product.
//!
//! The adapter follows the target triple, never a Cargo feature: `wasm32-unknown-unknown` is
//! Cloudflare Workers, `wasm32-wasip2` is Spin, the host is the native adapter. Each also knows under
//! which header its edge notes the client's address (`client_address`).

mod beside;
mod clock;
mod database;
mod destination;
mod entropy;
mod entry;
mod files;
mod http_client;
mod key_value;
mod log;
mod mail_service;
mod metered;
mod nfc;
mod outward;
mod settings;
mod sockets;
mod wake;

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub mod cloudflare;
// On the host only its parts without JavaScript, for their tests.
#[cfg(all(test, not(target_family = "wasm")))]
mod cloudflare;
#[cfg(not(target_family = "wasm"))]
pub mod native;
#[cfg(all(target_os = "wasi", target_env = "p2"))]
pub mod spin;
// As for Workers.
#[cfg(all(test, not(target_family = "wasm")))]
pub mod spin;

use std::sync::Arc;

pub use beside::{Beside, Neighbour};
pub use clock::Clock;
pub use database::{Database, DatabaseError, Detail, Outcome, Row, Statement, Value};
pub use destination::Destination;
pub use entropy::{Entropy, EntropyError};
pub use files::Files;
pub use http_client::{Chunks, Http, HttpError};
pub use key_value::{KeyValue, KeyValueError};
pub use log::Log;
pub use mail_service::{MailService, MailServiceError};
pub use metered::{Metered, Usage};
pub use nfc::nfc;
pub use outward::Outward;
pub use settings::{SETTINGS, Settings};
pub use sockets::{Security, Socket, SocketError, Sockets};
pub use wake::{NoWake, Wake};

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
pub use cloudflare::client_address;
#[cfg(not(target_family = "wasm"))]
pub use native::client_address;
#[cfg(all(target_os = "wasi", target_env = "p2"))]
pub use spin::client_address;

/// Everything a function may ask of its runtime. Cheap to clone.
#[derive(Clone)]
pub struct Platform {
    /// The one source of truth.
    pub database: Arc<dyn Database>,
    /// What may be a minute old.
    pub key_value: Arc<dyn KeyValue>,
    /// Wall-clock time.
    pub clock: Arc<dyn Clock>,
    /// Cryptographically secure random bytes.
    pub entropy: Arc<dyn Entropy>,
    /// Settings and secrets of this function alone.
    pub settings: Arc<dyn Settings>,
    /// Structured log lines for the operator.
    pub log: Arc<dyn Log>,
    /// Starts the dispatcher of mail.
    pub wake: Arc<dyn Wake>,
}

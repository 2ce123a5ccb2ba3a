//! Spin (4.1 and later): the ports over its SQLite, key-value store, variables and WASI.
//!
//! [`error`] and [`client_address`] hold nothing of Spin's and are tested on the host.

mod client_address;
mod error;

#[cfg(target_family = "wasm")]
mod beside;
#[cfg(target_family = "wasm")]
mod files;
#[cfg(target_family = "wasm")]
mod http;
#[cfg(target_family = "wasm")]
mod key_value;
#[cfg(target_family = "wasm")]
mod one_at_a_time;
#[cfg(target_family = "wasm")]
mod panics;
#[cfg(target_family = "wasm")]
mod ports;
#[cfg(target_family = "wasm")]
mod serve;
#[cfg(target_family = "wasm")]
mod settings;
#[cfg(target_family = "wasm")]
mod sockets;
#[cfg(target_family = "wasm")]
mod sqlite;
#[cfg(target_family = "wasm")]
mod wake;

pub use self::client_address::client_address;
#[cfg(target_family = "wasm")]
pub use self::serve::{serve, serve_files, serve_mailing, serve_outward};
// What the entry macro expands to.
#[cfg(target_family = "wasm")]
#[doc(hidden)]
pub use spin_sdk::wasip3;

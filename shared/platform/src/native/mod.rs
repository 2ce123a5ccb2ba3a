//! The host's adapter, for tests: real SQLite in a file or in memory, the system's clock and
//! random generator, settings from a map, TCP by tokio, HTTP by hyper, TLS by rustls.

mod client_address;
mod database;
mod http;
mod key_value;
mod ports;
mod scan_status;
mod sockets;
mod tls;

pub use client_address::client_address;
pub use database::NativeDatabase;
pub use http::NativeHttp;
pub use key_value::MemoryKeyValue;
pub use ports::{FixedSettings, StderrLog, SystemClock, SystemEntropy};
pub use sockets::NativeSockets;

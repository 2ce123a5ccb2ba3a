//! Cloudflare Workers: the ports over D1, KV, `Date`, `crypto`, the Worker's environment and console.
//!
//! JavaScript values are not `Send` and a Worker has one thread, so futures that hold them are
//! wrapped here ([`worker::send`]); nothing above this module knows.
//!
//! [`error`], [`fetch_error`], [`integers`], [`reply`] and [`socket_error`] hold no JavaScript and are tested on the host.

mod error;
mod fetch_error;
mod integers;
mod reply;
mod socket_error;

#[cfg(target_arch = "wasm32")]
mod beside;
#[cfg(target_arch = "wasm32")]
mod client_address;
#[cfg(target_arch = "wasm32")]
mod clock;
#[cfg(target_arch = "wasm32")]
mod d1;
#[cfg(target_arch = "wasm32")]
mod email_service;
#[cfg(target_arch = "wasm32")]
mod entropy;
#[cfg(target_arch = "wasm32")]
mod forward;
#[cfg(target_arch = "wasm32")]
mod http;
#[cfg(target_arch = "wasm32")]
mod key_value;
#[cfg(target_arch = "wasm32")]
mod log;
#[cfg(target_arch = "wasm32")]
mod nfc;
#[cfg(target_arch = "wasm32")]
mod outward;
#[cfg(target_arch = "wasm32")]
mod panics;
#[cfg(target_arch = "wasm32")]
mod request;
#[cfg(target_arch = "wasm32")]
mod response;
#[cfg(target_arch = "wasm32")]
mod serve;
#[cfg(target_arch = "wasm32")]
mod settings;
#[cfg(target_arch = "wasm32")]
mod sockets;
#[cfg(target_arch = "wasm32")]
mod wake;
#[cfg(target_arch = "wasm32")]
mod within;

#[cfg(target_arch = "wasm32")]
pub use self::{
    client_address::client_address,
    forward::forward,
    nfc::nfc,
    outward::{run_scheduled, serve_outward},
    serve::{serve, serve_mailing, serve_streams},
};
// What the entry macro expands to.
#[cfg(target_arch = "wasm32")]
#[doc(hidden)]
pub use worker::{
    Env, js_sys, wasm_bindgen, wasm_bindgen_futures, web_sys::Request, worker_sys::Context,
};

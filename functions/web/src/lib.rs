//! The front door: one public address for pages and API.
//!
//! **In scope**: which function owns which path, and handing a request to it unread and unchanged;
//! the static pages (`pages/`), which the runtime serves before this code is asked, or else
//! [`pages`] does.
//!
//! **Not in scope**: anything about a request but its path. Sessions, rate limits and errors are
//! the functions' own.

pub mod pages;
mod routes;

pub use routes::{Function, function_for};

platform::front_door!(workers: binding_for, spin: pages::router);

/// The name of the service binding that answers `path`; the static pages answer what no function
/// owns.
pub fn binding_for(path: &str) -> &'static str {
    match function_for(path) {
        Some(Function::Users) => "USERS",
        Some(Function::Links) => "LINKS",
        Some(Function::Signup) => "SIGNUP",
        Some(Function::Passkeys) => "PASSKEYS",
        None => "ASSETS",
    }
}

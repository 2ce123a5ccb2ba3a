//! The front door: one public address for pages and API.
//!
//! **In scope**: which function owns which path, and handing a request to it unread and unchanged;
//! the static pages (`pages/`), which the runtime serves before this code is asked.
//!
//! **Not in scope**: anything about a request but its path. Sessions, rate limits and errors are
//! the functions' own.

mod routes;

pub use routes::{Function, function_for};

platform::front_door!(binding_for);

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

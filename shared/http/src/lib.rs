//! What every function speaks on the wire.
//!
//! **In scope**: the one router shape, session check, extractors, list parameters, error envelope,
//! cookies, headers, the access log. It follows `contract.md`; cookies are RFC 6265, session
//! tokens RFC 7519.
//!
//! **Not in scope**: what a route does (`functions/`), SQL (`shared/store`).
//!
//! Authorisation is a value: a handler that needs an administrator takes an [`Admin`], which only
//! the session check makes.

mod call;
mod caller;
mod client;
mod cookies;
mod deployment;
mod derived;
mod json;
mod limits;
mod list;
mod mailed;
mod observe;
mod origin;
mod problem;
mod reply;
mod routes;
mod scheduler;
mod seal;
mod secret;
mod session_token;
mod wire;

pub use call::Call;
pub use caller::{Admin, Caller, SignedIn};
pub use cookies::{Cookie, CookieName};
pub use deployment::{Deployment, SettingError};
pub use derived::TokenKey;
pub use json::Json;
pub use limits::{GLOBAL, Policy};
pub use list::{ListParameters, Listing, Paging, Sorting};
pub use problem::{Fault, Problem, Property, Resource};
pub use reply::{Reply, started_session};
pub use routes::{App, Cost, Declared, Routes};
pub use scheduler::admit_scheduler;
pub use seal::DataKey;
pub use secret::Secret;
pub use wire::{AuthorDto, ClaimDto, CredentialDto, GroupDto, TtlDto, UserDto, UserGroupDto};

/// An identifier in a path. Text that is none belongs to nothing, so it is answered like an unknown
/// one.
pub fn parse_id(text: &str) -> Option<uuid::Uuid> {
    uuid::Uuid::try_parse(text).ok()
}

//! What several functions put on the wire.

mod credential;
mod user;

pub use credential::CredentialDto;
pub use user::{GroupDto, UserDto};

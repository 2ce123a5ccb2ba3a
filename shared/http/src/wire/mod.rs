//! What several functions put on the wire.

mod claim;
mod credential;
mod ttl;
mod user;

pub use claim::ClaimDto;
pub use credential::CredentialDto;
pub use ttl::TtlDto;
pub use user::{GroupDto, UserDto};

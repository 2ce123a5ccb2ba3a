//! What several functions put on the wire.

mod author;
mod claim;
mod credential;
mod ttl;
mod user;
mod user_group;

pub use author::AuthorDto;
pub use claim::ClaimDto;
pub use credential::CredentialDto;
pub use ttl::TtlDto;
pub use user::{GroupDto, UserDto};
pub use user_group::UserGroupDto;

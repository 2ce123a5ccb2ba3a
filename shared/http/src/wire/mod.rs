//! What several functions put on the wire.

mod credential;
mod user;
mod user_group;

pub use credential::CredentialDto;
pub use user::{GroupDto, UserDto};
pub use user_group::UserGroupDto;

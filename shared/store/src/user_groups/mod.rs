//! User groups and who belongs to them.
//!
//! A group of the directory (`ldap_id`) is *managed* while the configuration says that the directory
//! is in use: it is then neither renamed nor deleted here. Its members may be changed, as the
//! contract has it, until the next sync; replies and audit entries say that it is managed.

mod create;
mod delete;
mod list;
mod members;
mod read;
mod record;
mod remove_member;
mod update;

pub(crate) use record::ldap_managed;

pub use create::Create;
pub use delete::{Delete, Deleted};
pub use list::{Cursor, List, Page, Sort};
pub use members::{ChangeMembers, Changed, Extent, Side};
pub use read::{MOST_MEMBERS, Members, MembersPage, OfUser, Read, Summary};
pub use record::{GroupWithMembers, UserGroup};
pub use remove_member::{RemoveMember, Removed};
pub use update::{Update, Updated};

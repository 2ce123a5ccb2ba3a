//! The routes, a file each.

pub(crate) mod approve;
pub(crate) mod changes;
pub(crate) mod changes_file;
pub(crate) mod preview;
pub(crate) mod runs;
pub(crate) mod schedule;
pub(crate) mod sync;
pub(crate) mod test_ldap;
mod wire;

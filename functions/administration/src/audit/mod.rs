//! Reading the audit log.

mod entry;
pub(crate) mod export;
mod filter;
pub(crate) mod list;

//! Reading the audit log.

mod entry;
mod export;
mod filter;
mod list;

pub(crate) use export::export;
pub(crate) use list::{all, client_names, own, people};

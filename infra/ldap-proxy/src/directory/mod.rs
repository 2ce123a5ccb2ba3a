//! The directory: a connection, a page of a search, an entry.

mod connection;
mod entry;
mod page;

pub(crate) use connection::{Access, Connection, Security};
pub(crate) use entry::{Entry, Values};
pub(crate) use page::Reading;

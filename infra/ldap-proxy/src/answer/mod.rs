//! What is made of a reading: digests of buckets, or a stream of entries.

mod digests;
mod entries;
mod lines;

pub(crate) use digests::digests;
pub(crate) use entries::stream;

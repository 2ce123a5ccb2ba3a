use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::{Buckets, Digest};

/// A search of the directory, as RFC 4511 has it, and the attribute that identifies an entry for life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Search {
    /// A base DN of the proxy's configuration, or an entry below one.
    pub base: String,
    /// How far below the base.
    #[serde(default)]
    pub scope: Scope,
    /// RFC 4515.
    pub filter: String,
    /// What is read of an entry besides its DN. Names, without options.
    pub attributes: Vec<String>,
    /// The attribute whose one value never changes: `objectGUID`, `entryUUID`, …
    pub unique_identifier: String,
}

/// How far below the base a search looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The base alone.
    Base,
    /// What is right below the base.
    One,
    /// The base and everything below.
    #[default]
    Subtree,
}

/// Asks for the digest of every bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DigestsRequest {
    /// What to read.
    pub search: Search,
    /// Into how many buckets.
    pub buckets: Buckets,
}

/// Asks for the entries of some buckets, in full where they are not known yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntriesRequest {
    /// What to read.
    pub search: Search,
    /// Into how many buckets.
    pub buckets: Buckets,
    /// The buckets that are asked for, each with the digests of the entries that are known of it.
    pub wanted: BTreeMap<u16, Vec<Digest>>,
}

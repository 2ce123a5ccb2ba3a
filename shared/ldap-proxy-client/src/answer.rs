use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::failure::Failure;
use crate::problems::Problems;
use crate::value::Value;

/// What [`crate::DIGESTS_PATH`] answers, when the search was read to its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digests {
    /// How many entries the search has. None is an answer like any other.
    pub entries: u64,
    /// The digest of each bucket.
    pub digests: Vec<Digest>,
    /// Entries that cannot be identified or told apart.
    pub problems: Problems,
    /// Always true: an answer that is not complete is none.
    pub complete: bool,
}

/// A line of what [`crate::ENTRIES_PATH`] answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    /// An entry that is new or has changed.
    Entry(Entry),
    /// Further values of the entry before.
    More(More),
    /// An entry that is known as it is.
    Same(Same),
    /// The search was read to its end. Always the last line; without it the answer was cut.
    End(End),
    /// The search could not be read to its end. Always the last line.
    Error(Failure),
}

/// An entry in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The value of the unique identifier, as text.
    pub id: String,
    /// Where it stands in the directory.
    pub dn: String,
    /// Of all that the answer says of it.
    pub digest: Digest,
    /// By the names that were asked for; an attribute without values is not there. Values are sorted.
    pub attributes: BTreeMap<String, Vec<Value>>,
    /// Attributes with a value above the proxy's limit.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub omitted: Vec<String>,
}

/// Further values of one attribute, right after the entry whose line has no room for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct More {
    /// The entry's.
    pub id: String,
    /// Its name.
    pub attribute: String,
    /// To be appended.
    pub values: Vec<Value>,
}

/// An entry whose digest was among the known ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Same {
    /// The value of the unique identifier, as text.
    pub id: String,
    /// The known one.
    pub digest: Digest,
}

/// What the whole answer came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct End {
    /// Entries that were read, in all buckets.
    pub entries: u64,
    /// `entry` lines of this answer.
    pub sent: u64,
    /// `same` lines of this answer.
    pub same: u64,
    /// The digest of each wanted bucket in this very reading.
    pub digests: BTreeMap<u16, Digest>,
    /// Entries that cannot be identified or told apart, in all buckets.
    pub problems: Problems,
}

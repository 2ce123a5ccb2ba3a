//! Custom claims of users and groups: what relying parties are told besides the standard claims.

mod set;
mod suggestions;

pub use set::{Owner, Set};
pub use suggestions::Suggestions;

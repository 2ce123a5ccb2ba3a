//! Reading and changing settings.

mod if_match;
mod read;
mod snapshot;
mod submitted;
mod update;

pub(crate) use read::{read_all, read_public};
pub(crate) use update::update;

/// What stands in a secret's place on the wire; sent back, it leaves the secret as it is.
const MASK: &str = "XXXXXXXXXX";

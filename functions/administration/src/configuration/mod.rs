//! Reading and changing settings.

#[cfg(not(target_family = "wasm"))]
mod described;
mod if_match;
pub(crate) mod read;
mod snapshot;
mod submitted;
pub(crate) mod update;

/// What stands in a secret's place on the wire; sent back, it leaves the secret as it is.
const MASK: &str = "XXXXXXXXXX";

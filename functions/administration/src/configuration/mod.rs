//! Reading and changing settings.

#[cfg_attr(target_family = "wasm", expect(dead_code, reason = "only the host describes the API"))]
mod described;
mod if_match;
pub(crate) mod read;
mod snapshot;
mod submitted;
pub(crate) mod update;

/// What stands in a secret's place on the wire; sent back, it leaves the secret as it is.
const MASK: &str = "XXXXXXXXXX";

//! Proof that an address is its user's: a link that is mailed to it and works for a day.
//!
//! A user has at most one under way; the next takes its place. It is bound to the address it was sent
//! to, so a change of address ends it. Its token is derived from its identifier; the row has the hash.

mod send;
mod verify;

pub use send::{Send, Sending};
pub use verify::{Verified, Verify};

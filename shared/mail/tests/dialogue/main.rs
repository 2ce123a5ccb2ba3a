//! The dialogue against scripted servers: what it says, and what becomes of the mail.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

mod any_server;
mod opening;
mod script;
mod transaction;

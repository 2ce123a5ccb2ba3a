//! The dialogue against scripted servers: what it says, and what becomes of the mail.

mod any_server;
mod opening;
mod script;
mod transaction;

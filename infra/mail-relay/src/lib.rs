//! Takes mail over HTTP and hands it to a mail server, each mail once.
//!
//! **In scope**: who may hand over, and as which sender; checking that a mail is what it says; DKIM
//! signatures (RFC 6376, 8463); submission (RFC 5321, 6409, 3207, 8314, 4954); remembering what
//! became of each mail, so that who asks again is told and nothing is sent again.
//!
//! **Not in scope**: a queue. Who hands a mail over keeps it until it is told what became of it, and
//! asks again: the relay keeps no text. What mails say; bounces.
//!
//! The protocol's types are in `shared/mail-relay-client`, its description in `README.md`.

mod address;
mod answer;
mod configuration;
mod dkim;
mod header;
mod mail;
mod records;
mod relay;
mod server;
mod submission;
mod text;

pub use configuration::Configuration;
pub use server::{Started, start};
pub use submission::check;

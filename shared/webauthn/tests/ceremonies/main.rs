//! The ceremonies from outside: honest ones, broken ones, attacks, and the
//! test vectors of the specification.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "Clippy's exemption of tests does not reach their helpers"
)]

mod attestation;
mod authentication;
mod options;
mod registration;
mod responses;
mod support;
mod vectors;

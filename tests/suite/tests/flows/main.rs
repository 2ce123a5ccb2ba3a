//! What every runtime must do. Runs on the deployment that `POSTERN_URL` names, else natively.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

mod bad_input;
mod links;
mod main_job;
mod passkeys;
mod sessions;
mod setup;
mod users;
mod wire;

//! What every runtime must do. Runs on the deployment that `POSTERN_URL` names, else natively.

mod bad_input;
mod links;
mod main_job;
mod passkeys;
mod sessions;
mod setup;
mod users;
mod wire;

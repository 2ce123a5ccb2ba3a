//! What every runtime must do. Runs on the deployment that `POSTERN_URL` names, else natively.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

mod administration;
mod api_keys;
mod bad_input;
mod claims;
mod full_claims;
mod group_members;
mod groups;
mod ldap;
mod links;
mod mail;
mod main_job;
mod passkeys;
mod pictures;
mod reauthentication;
mod sessions;
mod setup;
mod signup;
mod signup_races;
mod signup_tokens;
mod transfer;
mod transfer_files;
mod user_changes;
mod user_lists;
mod users;
mod users_in_bulk;
mod wire;

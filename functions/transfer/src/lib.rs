//! Users in bulk, in and out: CSV (RFC 4180) and JSON.
//!
//! **In scope**: checking every row, importing all or nothing or row by row, export as a stream.
//! **Not in scope**: directories (`functions/ldap-sync`).

mod cell;
mod export;
mod import;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler as _;
use http_api::{Cost, Routes};
use platform::Platform;

/// Most bytes of a file.
const MAX_FILE_BYTES: usize = 5_000_000;

/// What a file may say of a user.
const COLUMNS: [&str; 10] = [
    "username",
    "email",
    "emailVerified",
    "firstName",
    "lastName",
    "displayName",
    "isAdmin",
    "disabled",
    "locale",
    "groups",
];

/// What an exported file says besides, which an import passes over.
const FURTHER_COLUMNS: [&str; 4] = ["id", "createdAt", "lastSignInAt", "passkeyCount"];

/// The function's routes. What an import reads is by the row, what an export reads and how often it
/// goes to the database by the thousand users: the figures are those of the README.
pub fn routes() -> Routes {
    let import = import::import.layer(DefaultBodyLimit::max(MAX_FILE_BYTES));
    Routes::new().post("/api/users/import", Cost::new(2, 600_000), import).get(
        "/api/users/export",
        Cost::new(2, 5_000),
        export::export,
    )
}

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(import::import, export::export,))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(streams: router);

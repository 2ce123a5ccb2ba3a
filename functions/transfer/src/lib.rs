//! Users in bulk, in and out: CSV and JSON.
//!
//! **In scope**: checking every row, importing all or nothing or row by row, export.
//! **Not in scope**: directories (`functions/ldap-sync`).

use axum::Router;
use http_api::Routes;
use platform::Platform;

/// The function's routes.
pub fn routes() -> Routes {
    Routes::new()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(router);

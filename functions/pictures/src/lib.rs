//! Pictures: of users, and the deployment's own images.
//!
//! **In scope**: uploads are decoded within bounds and encoded anew, so that what is stored was
//! written by us; initials for whoever gave none. **Not in scope**: pages (`functions/web`).

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

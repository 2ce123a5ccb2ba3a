//! Groups, membership from both sides, custom claims of users and groups.
//!
//! **In scope**: what relying parties are told of people besides who they are. **Not in scope**: the
//! people themselves (`functions/users`).

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

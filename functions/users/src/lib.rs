//! Administrators' view of users, and the public configuration.
//!
//! **In scope**: list, create and read users; one's own record; the settings that everybody may
//! see; the health check. **Not in scope** yet: changing and deleting users, groups, claims,
//! pictures, API keys, the audit log's pages.

mod create;
mod list;
mod read;

use axum::Router;
use http_api::{Cost, Reply, Routes};
use platform::Platform;

/// The function's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/healthz", Cost::new(0, 0), || async { Reply::no_content() })
        .get("/api/users", Cost::new(1, 60), list::list)
        .post("/api/users", Cost::new(2, 40), create::create)
        .get("/api/users/me", Cost::new(1, 10), read::me)
        .get("/api/users/{id}", Cost::new(1, 10), read::by_id)
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(router);

//! Users: administrators' view of them, and one's own record.
//!
//! **In scope**: list, create, read, change and delete users, one or many at a time; one's own names
//! and address; the health check. **Not in scope**: groups and claims (`functions/groups`), import
//! and export (`functions/transfer`), pictures (`functions/pictures`).

mod body;
mod bulk;
mod create;
mod delete;
mod health;
mod list;
mod read;
mod update;

use axum::Router;
use http_api::{Cost, Routes};
use platform::Platform;

/// The function's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/healthz", Cost::new(0, 0), health::check)
        // A search with a filter, or several, examine a window besides; all else is held to 60.
        .get("/api/users", Cost::new(1, 2_200), list::list)
        .post("/api/users", Cost::new(2, 40), create::create)
        .post("/api/users/bulk", Cost::new(2, 60), bulk::bulk)
        .get("/api/users/me", Cost::new(1, 10), read::me)
        .put("/api/users/me", Cost::new(2, 60), update::own)
        .get("/api/users/{id}", Cost::new(1, 10), read::by_id)
        .put("/api/users/{id}", Cost::new(2, 60), update::by_admin)
        .delete("/api/users/{id}", Cost::new(2, 60), delete::delete)
}

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(
        health::check,
        list::list,
        create::create,
        bulk::bulk,
        read::me,
        update::own,
        read::by_id,
        update::by_admin,
        delete::delete,
    ))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(router);

//! The deployment itself: its configuration, its audit log, its version.
//!
//! **In scope**: reading and changing settings, secrets sealed at rest; one's own and everybody's
//! audit entries. **Not in scope**: images (`functions/pictures`).

mod audit;
mod configuration;
mod version;

use axum::Router;
use http_api::{Cost, Routes};
use platform::Platform;

/// The function's routes.
pub fn routes() -> Routes {
    let configuration = "/api/application-configuration";
    Routes::new()
        .get(configuration, Cost::new(1, 60), configuration::read::read_public)
        .put(configuration, Cost::new(2, 400), configuration::update::update)
        .get("/api/application-configuration/all", Cost::new(1, 60), configuration::read::read_all)
        .get("/api/audit-logs", Cost::new(1, 520), audit::list::own)
        // Where no index serves the filter, a window; all else is held to 60 beyond the page.
        .get("/api/audit-logs/all", Cost::new(1, 2_000), audit::list::all)
        .get("/api/audit-logs/export", Cost::new(2, 20_020), audit::export::export)
        .get("/api/audit-logs/filters/client-names", Cost::new(1, 10), audit::list::client_names)
        .get("/api/audit-logs/filters/users", Cost::new(1, 510), audit::list::people)
        .get("/api/version/current", Cost::new(1, 10), version::current)
        .get("/api/version/latest", Cost::new(0, 0), version::latest)
}

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(
        configuration::read::read_public,
        configuration::update::update,
        configuration::read::read_all,
        audit::list::own,
        audit::list::all,
        audit::export::export,
        audit::list::client_names,
        audit::list::people,
        version::current,
        version::latest,
    ))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(router);

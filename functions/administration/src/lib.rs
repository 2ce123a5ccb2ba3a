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
        .get(configuration, Cost::new(1, 60), configuration::read_public)
        .put(configuration, Cost::new(2, 400), configuration::update)
        .get("/api/application-configuration/all", Cost::new(1, 60), configuration::read_all)
        .get("/api/audit-logs", Cost::new(1, 260), audit::own)
        .get("/api/audit-logs/all", Cost::new(1, 900), audit::all)
        .get("/api/audit-logs/export", Cost::new(2, 20_020), audit::export)
        .get("/api/audit-logs/filters/client-names", Cost::new(1, 10), audit::client_names)
        .get("/api/audit-logs/filters/users", Cost::new(1, 510), audit::people)
        .get("/api/version/current", Cost::new(1, 10), version::current)
        .get("/api/version/latest", Cost::new(0, 0), version::latest)
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(router);

//! The deployment itself: its configuration, its audit log, its version.
//!
//! **In scope**: reading and changing settings, secrets sealed at rest; one's own and everybody's
//! audit entries. **Not in scope**: images (`functions/pictures`).

mod configuration;

use axum::Router;
use http_api::{Cost, Routes};
use platform::Platform;

/// The function's routes.
pub fn routes() -> Routes {
    Routes::new().get(
        "/api/application-configuration",
        Cost::new(1, 60),
        configuration::read_public,
    )
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(router);

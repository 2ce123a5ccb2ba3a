//! The first administrator.
//!
//! **In scope**: set-up, guarded by the deployment's set-up token. **Not in scope** yet: sign-up
//! tokens and sign-up.

mod setup;

use axum::Router;
use http_api::{Cost, Policy, Routes};
use platform::Platform;

/// Attempts at set-up. The token may be short when people choose it, so guesses are limited over
/// all addresses together as well: 10 at once, then 2 a minute.
const SETUP: Policy =
    Policy { name: "signup-setup", interval_ms: 30_000, burst: 10, global: Some((6_000, 30)) };

/// The function's routes.
pub fn routes() -> Routes {
    Routes::new().get("/api/signup/setup", Cost::new(1, 5), setup::pending).post(
        "/api/signup/setup",
        Cost::new(2, 90),
        setup::complete,
    )
}

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(setup::pending, setup::complete,))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(router);

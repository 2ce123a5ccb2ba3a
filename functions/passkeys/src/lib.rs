//! Registration and authentication ceremonies.
//!
//! **In scope**: passkeys are registered by a session (from a one-time link or set-up) and begin
//! one; each ceremony's challenge is single-use and lives 60 seconds; a passkey is asserted again in
//! a session before what is most consequential; signing out.
//!
//! **Not in scope**: sessions and passkeys once they are there (`functions/access`).

mod authentication;
mod ceremony;
mod json;
mod reauthentication;
mod registration;
mod sign_out;

use axum::Router;
use http_api::{Cost, Policy, Routes};
use platform::Platform;

/// Beginning a ceremony writes a row, so it has a limit of its own.
const LOGIN_START: Policy =
    Policy { name: "webauthn-login-start", interval_ms: 1_000, burst: 30, global: None };

/// Finishing one (`contract.md` §2.4, `webauthn-login`).
const LOGIN_FINISH: Policy =
    Policy { name: "webauthn-login", interval_ms: 5_000, burst: 10, global: None };

/// Re-authentication (`contract.md` §2.4, `webauthn-reauthenticate`).
const REAUTHENTICATE: Policy =
    Policy { name: "webauthn-reauthenticate", interval_ms: 10_000, burst: 5, global: None };

/// The function's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/webauthn/register/start", Cost::new(1, 100), registration::start)
        .post("/api/webauthn/register/finish", Cost::new(2, 100), registration::finish)
        .get("/api/webauthn/login/start", Cost::new(1, 80), authentication::start)
        .post("/api/webauthn/login/finish", Cost::new(2, 50), authentication::finish)
        .post("/api/webauthn/reauthenticate", Cost::new(2, 50), reauthentication::reauthenticate)
        .post("/api/webauthn/logout", Cost::new(2, 20), sign_out::sign_out)
}

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(
        registration::start,
        registration::finish,
        authentication::start,
        authentication::finish,
        reauthentication::reauthenticate,
        sign_out::sign_out,
    ))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(mailing: router);

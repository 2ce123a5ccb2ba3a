//! Sign-up tokens, for administrators.
//!
//! **In scope**: making, listing and revoking the tokens that let people make an account of their own,
//! and who did.
//!
//! **Not in scope**: signing up with one (`functions/signup`).

mod list;
mod mint;
mod revoke;
mod token;
mod uses;

use axum::Router;
use http_api::{Cost, Routes};
use platform::Platform;

/// The function's routes.
pub fn routes() -> Routes {
    Routes::new()
        .post("/api/signup-tokens", Cost::new(2, 40), mint::mint)
        .get("/api/signup-tokens", Cost::new(1, 260), list::list)
        .get("/api/signup-tokens/{id}/uses", Cost::new(1, 40), uses::uses)
        .delete("/api/signup-tokens/{id}", Cost::new(2, 40), revoke::revoke)
}

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(mint::mint, list::list, uses::uses, revoke::revoke,))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(router);

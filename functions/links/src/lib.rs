//! One-time links: mint, list, revoke, show, redeem.
//!
//! **In scope**: the way in for somebody without a passkey. Opening a link never redeems it (mail
//! scanners open links); redeeming is a POST that a person sends off with a click.
//!
//! **Not in scope** yet: links by e-mail, short codes for typing.

mod list;
mod mint;
mod redeem;
mod revoke;

use axum::Router;
use http_api::{Cost, GLOBAL, Policy, Routes};
use platform::Platform;

/// Presenting a token, to look or to redeem (`contract.md` §2.4, `one-time-access-token`). A token
/// has 144 random bits; the global limit is for the short codes to come.
const PRESENT: Policy =
    Policy { name: "one-time-access-token", interval_ms: 10_000, burst: 5, global: GLOBAL };

/// Looking is cheaper than redeeming, and a page that is reloaded looks again.
const SHOW: Policy =
    Policy { name: "one-time-access-token-show", interval_ms: 3_000, burst: 20, global: GLOBAL };

/// The function's routes.
pub fn routes() -> Routes {
    let of_user = "/api/users/{id}/one-time-access-tokens";
    Routes::new()
        .post("/api/users/{id}/one-time-access-token", Cost::new(2, 20), mint::mint)
        .get(of_user, Cost::new(1, 40), list::list)
        .delete(
            "/api/users/{id}/one-time-access-tokens/{tokenId}",
            Cost::new(2, 20),
            revoke::revoke,
        )
        .get("/api/one-time-access-token/{token}", Cost::new(1, 20), redeem::show)
        .post("/api/one-time-access-token/{token}", Cost::new(1, 50), redeem::redeem)
}

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(mint::mint, list::list, revoke::revoke, redeem::show, redeem::redeem,))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(router);

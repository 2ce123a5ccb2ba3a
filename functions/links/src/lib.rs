//! One-time links: mint, mail, list, revoke, show, redeem.
//!
//! **In scope**: the way in for somebody without a passkey. Opening a link never redeems it (mail
//! scanners open links); redeeming is a POST that a person sends off with a click. A link that somebody
//! asks for by mail works in the browser that asked; a short code leads there from another one.
//!
//! **Not in scope**: sending the mail (`functions/email`).

mod ask;
mod list;
mod mint;
mod redeem;
mod revoke;
mod send;

use axum::Router;
use http_api::{Cost, GLOBAL, Policy, Routes};
use platform::Platform;

/// Redeeming (`contract.md` §2.4, `one-time-access-token`). A token has 144 random bits; the global
/// limit is for the short codes.
const PRESENT: Policy =
    Policy { name: "one-time-access-token", interval_ms: 10_000, burst: 5, global: GLOBAL };

/// Looking is cheaper than redeeming, and a page that is reloaded looks again.
const SHOW: Policy =
    Policy { name: "one-time-access-token-show", interval_ms: 3_000, burst: 20, global: GLOBAL };

/// Asking for a link by mail (`contract.md` §2.4, `one-time-access-email`), a network. Mail costs more
/// than an answer, so for all together it is two a second, 200 at once.
const ASK: Policy = Policy {
    name: "one-time-access-email",
    interval_ms: 300_000,
    burst: 5,
    global: Some((500, 200)),
};

/// The same an address, whether or not somebody has it: nobody's mailbox is flooded.
const ASK_ACCOUNT: Policy =
    Policy { name: "one-time-access-email-account", interval_ms: 300_000, burst: 3, global: None };

/// The function's routes.
pub fn routes() -> Routes {
    let of_user = "/api/users/{id}/one-time-access-tokens";
    Routes::new()
        .post("/api/one-time-access-email", Cost::new(1, 40), ask::ask)
        .post("/api/users/{id}/one-time-access-token", Cost::new(2, 20), mint::mint)
        .post("/api/users/{id}/one-time-access-email", Cost::new(2, 30), send::send)
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
    #[openapi(paths(
        ask::ask,
        mint::mint,
        send::send,
        list::list,
        revoke::revoke,
        redeem::show,
        redeem::redeem,
    ))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(mailing: router);

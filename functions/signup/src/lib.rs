//! People who make an account of their own.
//!
//! **In scope**: set-up by the first administrator, guarded by the deployment's set-up token; sign-up
//! with a token or, where the configuration says so, without. All ways make the account by one batch
//! (`store::sign_up`).
//!
//! **Not in scope**: the tokens' administration (`functions/signup-tokens`), the passkey that comes next (`functions/passkeys`), letting somebody in who waits
//! for approval (`functions/users`).

mod account;
mod setup;
mod sign_up;

use axum::Router;
use http_api::{Cost, GLOBAL, Policy, Routes};
use platform::Platform;

/// Attempts at set-up. The token may be short when people choose it, so guesses are limited over
/// all addresses together as well: 10 at once, then 2 a minute.
const SETUP: Policy =
    Policy { name: "signup-setup", interval_ms: 30_000, burst: 10, global: Some((6_000, 30)) };

/// Attempts at signing up (`contract.md` §2.4, `signup`). Where sign-up is open nobody needs to guess
/// anything, so over all addresses together accounts come at no more than one a second, 100 at once.
const SIGN_UP: Policy =
    Policy { name: "signup", interval_ms: 30_000, burst: 10, global: Some((1_000, 100)) };

/// Looking at a token. It has 144 random bits; the limits are for the database's sake.
const SHOW: Policy =
    Policy { name: "signup-token-show", interval_ms: 3_000, burst: 20, global: GLOBAL };

/// About 20 rows and a few for each group; but every sixteenth account or so makes the search index
/// merge what was added to it.
const ACCOUNT: Cost = Cost::new(2, 400);

/// The function's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/signup/setup", Cost::new(1, 5), setup::pending)
        .post("/api/signup/setup", Cost::new(2, 90), setup::complete)
        .get("/api/signup/token/{token}", Cost::new(1, 20), sign_up::show)
        .post("/api/signup", ACCOUNT, sign_up::sign_up)
}

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(setup::pending, setup::complete, sign_up::show, sign_up::sign_up,))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(router);

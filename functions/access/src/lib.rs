//! What lets people in, and how it is taken away: API keys, sessions, passkeys, one's address.
//!
//! **In scope**: listing, renaming and revoking, one's own and, for administrators, a user's; making
//! and renewing API keys; proving one's address, which by mail is a way in, too.
//!
//! **Not in scope**: ceremonies and re-authentication (`functions/passkeys`), one-time links
//! (`functions/links`).

mod api_keys;
mod email_address;
mod passkeys;
mod sessions;

use axum::Router;
use http_api::{Cost, Routes};
use platform::Platform;

/// The function's routes.
pub fn routes() -> Routes {
    Routes::new()
        .get("/api/webauthn/credentials", Cost::new(1, 40), passkeys::own::list)
        .patch("/api/webauthn/credentials/{id}", Cost::new(2, 20), passkeys::own::rename)
        .delete("/api/webauthn/credentials/{id}", Cost::new(2, 20), passkeys::own::remove)
        .get("/api/api-keys", Cost::new(1, 350), api_keys::list::list)
        .post("/api/api-keys", Cost::new(2, 130), api_keys::create::create)
        .post("/api/api-keys/{id}/renew", Cost::new(2, 20), api_keys::renew::renew)
        .delete("/api/api-keys/{id}", Cost::new(2, 20), api_keys::revoke::revoke)
        .post("/api/users/me/send-email-verification", Cost::new(2, 30), email_address::send)
        .post("/api/users/me/verify-email", Cost::new(2, 30), email_address::verify)
        .get("/api/users/me/sessions", Cost::new(1, 40), sessions::list)
        .delete("/api/users/me/sessions", Cost::new(2, 40), sessions::revoke_others)
        .delete("/api/users/me/sessions/{sessionId}", Cost::new(2, 20), sessions::revoke)
        .get("/api/users/{id}/sessions", Cost::new(1, 40), sessions::list_of_user)
        .delete("/api/users/{id}/sessions", Cost::new(2, 40), sessions::revoke_all)
        .delete("/api/users/{id}/sessions/{sessionId}", Cost::new(2, 20), sessions::revoke_of_user)
        .get("/api/users/{id}/webauthn-credentials", Cost::new(1, 40), passkeys::of_user::list)
        .delete(
            "/api/users/{id}/webauthn-credentials/{credentialId}",
            Cost::new(2, 20),
            passkeys::of_user::remove,
        )
}

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(
        passkeys::own::list,
        passkeys::own::rename,
        passkeys::own::remove,
        api_keys::list::list,
        api_keys::create::create,
        api_keys::renew::renew,
        api_keys::revoke::revoke,
        email_address::send,
        email_address::verify,
        sessions::list,
        sessions::revoke_others,
        sessions::revoke,
        sessions::list_of_user,
        sessions::revoke_all,
        sessions::revoke_of_user,
        passkeys::of_user::list,
        passkeys::of_user::remove,
    ))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(mailing: router);

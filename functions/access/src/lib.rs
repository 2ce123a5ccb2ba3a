//! What lets people in besides a ceremony, and how it is taken away: API keys, sessions, and the
//! passkeys of a user as administrators see them.
//!
//! **In scope**: listing and revoking; making and renewing API keys. **Not in scope**: ceremonies
//! and one's own passkeys (`functions/passkeys`), one-time links (`functions/links`).

mod sessions;

use axum::Router;
use http_api::{Cost, Routes};
use platform::Platform;

/// The function's routes.
pub fn routes() -> Routes {
    Routes::new().get("/api/users/me/sessions", Cost::new(1, 40), sessions::list).delete(
        "/api/users/me/sessions/{sessionId}",
        Cost::new(2, 20),
        sessions::revoke,
    )
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(router);

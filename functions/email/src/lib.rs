//! Mail: sends what the outbox holds, and shows what became of it.
//!
//! **In scope**: the dispatcher, which claims rows of the outbox, writes the messages, sends them
//! and records what came of each; the transports it may use; the test mail.
//!
//! **Not in scope**: what causes a mail. That is a row which some other function writes in the batch
//! of its act (`store::outbox`). What mails say and how SMTP goes is `shared/mail`'s.

mod dispatch;
mod emails;
mod schedule;
mod test_email;
mod transport;
mod words;

use axum::{Extension, Router};
use http_api::{Cost, Routes};
use platform::{Outward, Platform};

/// Trips of a dispatch at most, by the largest budget; a trip each round, one each mail, one more.
const DISPATCH: Cost = Cost::new(600, 20_000);

/// The function's routes.
pub fn routes() -> Routes {
    let test = "/api/application-configuration/test-email";
    Routes::new()
        .post(test, Cost::new(2, 80), test_email::send)
        .get("/api/users/{id}/emails", Cost::new(1, 320), emails::list)
        .post("/api/users/{id}/emails/{emailId}/resend", Cost::new(2, 40), emails::resend)
        .post("/api/scheduled/email", DISPATCH, schedule::by_key)
        .from_inside(INTERNAL, schedule::from_inside)
        .from_inside("/internal/wake", schedule::woken)
}

/// Where the clock of Workers starts the dispatcher; functions wake it beside that. No front door leads
/// to either.
pub const INTERNAL: &str = "/internal/dispatch";

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(test_email::send, emails::list, emails::resend, schedule::by_key))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform, outward: Outward) -> Router {
    routes().on(platform).layer(Extension(outward))
}

platform::function!(outward: router, scheduled: INTERNAL);

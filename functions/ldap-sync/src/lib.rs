//! The directory's sync: users, groups, memberships and administrators as a directory has them.
//!
//! **In scope**: reading what differs through the proxy beside the directory; what becomes of each
//! entry (`plan`, pure functions); holding back what looks wrong; applying in chunks; showing all that.
//!
//! **Not in scope**: LDAP (`infra/ldap-proxy`), its protocol (`shared/ldap-proxy-client`), the SQL of a
//! run and why it is exact (`store::ldap`). Nobody signs in by LDAP.

mod directory;
mod entries;
mod pictures;
mod plan;
mod routes;
mod run;
mod source;

use axum::{Extension, Router};
use http_api::{Cost, Routes};
use platform::{Outward, Platform};

use routes::{approve, changes, changes_file, preview, runs, schedule, sync, test_ldap};

/// Trips of a request that works at a run, at most, by the largest budget.
const WORK: Cost = Cost::new(400, 400_000);

/// The function's routes.
pub fn routes() -> Routes {
    let test = "/api/application-configuration/test-ldap";
    Routes::new()
        .post(test, Cost::new(1, 80), test_ldap::test)
        .post("/api/application-configuration/preview-ldap", WORK, preview::preview)
        .post("/api/application-configuration/sync-ldap", WORK, sync::sync)
        .get("/api/ldap/runs", Cost::new(1, 120), runs::list)
        .get("/api/ldap/runs/{id}", Cost::new(1, 40), runs::show)
        .get("/api/ldap/runs/{id}/changes", Cost::new(1, 120), changes::list)
        .get("/api/ldap/runs/{id}/changes.csv", Cost::new(100, 250_000), changes_file::export)
        .post("/api/ldap/runs/{id}/apply", WORK, approve::apply)
        .post("/api/scheduled/ldap", WORK, schedule::by_key)
        .from_inside(INTERNAL, schedule::from_inside)
}

/// Where the clock of Workers asks. No front door leads there.
pub const INTERNAL: &str = "/internal/sync";

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(
        test_ldap::test,
        preview::preview,
        sync::sync,
        runs::list,
        runs::show,
        changes::list,
        changes_file::export,
        approve::apply,
        schedule::by_key
    ))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform, outward: Outward) -> Router {
    routes().on(platform).layer(Extension(outward))
}

platform::function!(outward: router, scheduled: INTERNAL);

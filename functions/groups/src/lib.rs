//! Groups, membership from both sides, custom claims of users and groups.
//!
//! **In scope**: what relying parties are told of people besides who they are. **Not in scope**: the
//! people themselves (`functions/users`).

mod claims;
mod list;
mod members;
mod memberships;
mod oidc_clients;
mod read;
mod write;

use axum::Router;
use http_api::{Cost, Problem, Resource, Routes};
use platform::Platform;

/// Reads that tell up to a thousand members, four rows each.
const WHOLE: Cost = Cost::new(1, 4_100);
/// Writes by identifier.
const WRITE: Cost = Cost::new(2, 40);
/// Writes of a set: by its size, here for ten members or claims gone and ten come.
const WRITE_SET: Cost = Cost::new(2, 200);

/// The function's routes.
pub fn routes() -> Routes {
    let (group, users) = ("/api/user-groups/{id}", "/api/user-groups/{id}/users");
    let clients = "/api/user-groups/{id}/allowed-oidc-clients";
    Routes::new()
        // A search reads and orders all that it finds, here a thousand groups.
        .get("/api/user-groups", Cost::new(1, 5_100), list::list)
        .post("/api/user-groups", WRITE, write::create)
        .get(group, WHOLE, read::by_id)
        .put(group, WRITE, write::update)
        .delete(group, WRITE, write::delete)
        // A search examines a window of what it finds, besides the page.
        .get(users, Cost::new(1, 2_200), members::list)
        .put(users, WRITE_SET, members::replace)
        .post(users, WRITE, members::add)
        .delete("/api/user-groups/{id}/users/{userId}", WRITE, members::remove)
        .put(clients, WHOLE, oidc_clients::replace)
        .get("/api/users/{id}/groups", WHOLE, memberships::list)
        .put("/api/users/{id}/user-groups", WRITE_SET, memberships::replace)
        .get("/api/custom-claims/suggestions", Cost::new(1, 110), claims::suggestions)
        .put("/api/custom-claims/user/{userId}", WRITE_SET, claims::of_user)
        .put("/api/custom-claims/user-group/{userGroupId}", WRITE_SET, claims::of_group)
}

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(
        list::list,
        write::create,
        read::by_id,
        write::update,
        write::delete,
        members::list,
        members::replace,
        members::add,
        members::remove,
        oidc_clients::replace,
        memberships::list,
        memberships::replace,
        claims::suggestions,
        claims::of_user,
        claims::of_group,
    ))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

/// 404 "User group not found".
const UNKNOWN_GROUP: Problem = Problem::NotFound(Resource::UserGroup);

platform::function!(router);

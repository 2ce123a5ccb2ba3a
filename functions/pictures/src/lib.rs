//! Pictures: of users, and the deployment's own images.
//!
//! **In scope**: uploads are decoded within bounds and encoded anew, so that what is stored was
//! written by us; initials for whoever gave none. **Not in scope**: pages (`functions/web`).

mod application_image;
mod directory_picture;
mod initials;
mod multipart;
mod picture;
mod profile_picture;
mod served;
mod shelf;
mod upload;

use axum::Router;
use http_api::{Cost, Routes};
use platform::Platform;

use application_image as image;
use profile_picture as profile;

/// The function's routes. Uploads read their bodies themselves, up to a limit of their own.
pub fn routes() -> Routes {
    let (of_user, own) = ("/api/users/{id}/profile-picture", "/api/users/me/profile-picture");
    let application_image = "/api/application-images/{image}";
    Routes::new()
        .get("/api/users/{id}/profile-picture.png", Cost::new(1, 5), profile::show)
        .put(of_user, Cost::new(2, 20), profile::change)
        .delete(of_user, Cost::new(2, 20), profile::reset)
        .put(own, Cost::new(2, 20), profile::change_own)
        .delete(own, Cost::new(2, 20), profile::reset_own)
        .get(application_image, Cost::new(1, 10), image::show)
        .put(application_image, Cost::new(2, 20), image::change)
        .delete(application_image, Cost::new(2, 20), image::reset)
        .from_inside("/internal/pictures/{ldap_id}", directory_picture::take)
}

/// The routes as the API's description shows them.
#[cfg(not(target_family = "wasm"))]
pub fn api() -> utoipa::openapi::OpenApi {
    #[derive(utoipa::OpenApi)]
    #[openapi(paths(
        profile_picture::show,
        profile_picture::change,
        profile_picture::reset,
        profile_picture::change_own,
        profile_picture::reset_own,
        application_image::show,
        application_image::change,
        application_image::reset,
    ))]
    struct Api;
    <Api as utoipa::OpenApi>::openapi()
}

/// The function on a platform.
pub fn router(platform: Platform) -> Router {
    routes().on(platform)
}

platform::function!(router);

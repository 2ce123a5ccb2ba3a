use axum::extract::{Path, RawQuery, Request};
use axum::response::Response;
use domain::Violation;
use http_api::{Admin, Call, Caller, Fault, Problem, Reply, SignedIn, parse_id};
use store::pictures::{ChangeProfilePicture, Face, FaceOf, ImageName};
use store::users::Origin;
use uuid::Uuid;

use crate::picture::{Kind, Shape};
use crate::served::{Keep, Served, has};
use crate::upload::UploadBody;
use crate::{initials, shelf, upload};

const PNG: &str = "image/png";

/// Shows a user's picture: theirs, else the deployment's, else their initials.
#[utoipa::path(
    get,
    path = "/api/users/{id}/profile-picture.png",
    operation_id = "showProfilePicture",
    params(
        ("skipCache" = Option<String>, Query, description = "The reply is not to be kept."),
        ("If-None-Match" = Option<String>, Header, description = "What the client has already."),
    ),
    responses(
        (status = 200, content_type = "image/png", body = [u8], headers(("ETag" = String))),
        (status = 304, description = "The client has it already."),
        (status = 400, description = "validation_failed"),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn show(
    call: Call,
    Path(user): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let no_id = Violation::InvalidFormat { rule: "must be a UUID" };
    let user = parse_id(&user).ok_or(("userId", no_id))?;
    let face = call.run(FaceOf(user)).await?.ok_or(Problem::UserNotFound)?;
    let is_fresh = has(query.as_deref(), "skipCache");
    let mut keep = if is_fresh { Keep::Never } else { Keep::ForMinutes };
    let own = face.picture_hash.as_ref().map(|hash| (hash, store::pictures::key(user, hash)));
    let default = ImageName::DefaultProfilePicture;
    let default = face.default_hash.as_ref().map(|hash| (hash, shelf::key_of_image(default, hash)));
    for (hash, key) in own.into_iter().chain(default) {
        let served = Served { content_type: PNG, hash, keep };
        if let Some(unchanged) = served.unless_changed(&call) {
            return Ok(unchanged);
        }
        if let Some(bytes) = shelf::take(&call, &key).await {
            return Ok(served.with(bytes));
        }
        // What stands in for a picture that is on its way is not to be kept in its place.
        keep = Keep::Never;
    }
    initials_of(&call, user, &face, keep)
}

fn initials_of(call: &Call, user: Uuid, face: &Face, keep: Keep) -> Result<Response, Problem> {
    let initials = initials::initials(&face.first_name, &face.last_name, &face.username);
    let drawn_from = [initials::EDITION.as_bytes(), user.as_bytes(), initials.as_bytes()];
    let hash = shelf::hash(&drawn_from);
    let served = Served { content_type: PNG, hash: &hash, keep };
    match served.unless_changed(call) {
        Some(unchanged) => Ok(unchanged),
        None => initials::draw(user, &initials)
            .map(|png| served.with(png))
            .ok_or(Problem::Internal(Fault::Reply)),
    }
}

/// Replaces a user's picture.
///
/// PNG, JPEG, GIF or WebP, up to 5 MB. What is kept is a square of 300 pixels.
#[utoipa::path(
    put,
    path = "/api/users/{id}/profile-picture",
    operation_id = "replaceProfilePicture",
    security(("caller" = ["administrator"])),
    request_body(content = UploadBody, content_type = "multipart/form-data"),
    responses(
        (status = 204),
        (status = 400, description = "validation_failed invalid_image"),
        (status = 404, description = "user_not_found"),
        (status = 413, description = "file_too_large"),
    )
)]
pub(crate) async fn change(
    caller: Caller,
    Path(user): Path<String>,
    request: Request,
) -> Result<Reply, Problem> {
    match admin_and_user(&caller, &user).await {
        Ok((admin, user)) => replace(&caller.call, &admin, user, request).await,
        Err(problem) => Err(upload::unread(request, problem).await),
    }
}

/// Replaces one's own picture.
///
/// PNG, JPEG, GIF or WebP, up to 5 MB. What is kept is a square of 300 pixels.
#[utoipa::path(
    put,
    path = "/api/users/me/profile-picture",
    operation_id = "replaceOwnProfilePicture",
    security(("caller" = [])),
    request_body(content = UploadBody, content_type = "multipart/form-data"),
    responses(
        (status = 204),
        (status = 400, description = "validation_failed invalid_image"),
        (status = 404, description = "user_not_found"),
        (status = 413, description = "file_too_large"),
    )
)]
pub(crate) async fn change_own(caller: Caller, request: Request) -> Result<Reply, Problem> {
    match caller.user().await {
        Ok(user) => replace(&caller.call, &user, user.user_id(), request).await,
        Err(problem) => Err(upload::unread(request, problem).await),
    }
}

async fn admin_and_user(caller: &Caller, user: &str) -> Result<(Admin, Uuid), Problem> {
    let user = parse_id(user);
    let (admin, face) = caller.admin_and(user.map(FaceOf)).await?;
    let user = user.filter(|_| face.flatten().is_some());
    Ok((admin, user.ok_or(Problem::UserNotFound)?))
}

/// Takes a user's picture away.
///
/// Where there is none, that is no error.
#[utoipa::path(
    delete,
    path = "/api/users/{id}/profile-picture",
    operation_id = "resetProfilePicture",
    security(("caller" = ["administrator"])),
    responses(
        (status = 204),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn reset(caller: Caller, Path(user): Path<String>) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let user = parse_id(&user).ok_or(Problem::UserNotFound)?;
    write(&caller.call, &admin, user, None).await
}

/// Takes one's own picture away.
///
/// Where there is none, that is no error.
#[utoipa::path(
    delete,
    path = "/api/users/me/profile-picture",
    operation_id = "resetOwnProfilePicture",
    security(("caller" = [])),
    responses(
        (status = 204),
        (status = 404, description = "user_not_found"),
    )
)]
pub(crate) async fn reset_own(caller: Caller) -> Result<Reply, Problem> {
    let user = caller.user().await?;
    write(&caller.call, &user, user.user_id(), None).await
}

async fn replace(
    call: &Call,
    by: &SignedIn,
    user: Uuid,
    request: Request,
) -> Result<Reply, Problem> {
    let png = portrait(&upload::file(request).await?)?;
    write(call, by, user, Some(png)).await
}

/// A file as a portrait: a square of 300 pixels, as PNG.
pub(crate) fn portrait(file: &[u8]) -> Result<Vec<u8>, Problem> {
    let kind = Kind::of(file).ok_or(Problem::InvalidImage)?;
    let picture = kind.read(file, Shape::Square(initials::SIDE));
    let picture = picture.map_err(|_| Problem::InvalidImage)?;
    picture.to_png().map_err(|_| Problem::Internal(Fault::Reply))
}

/// First the bytes, then the database, then the bytes that it no longer speaks of: dying in between
/// leaves bytes that nobody asks for, never a picture without bytes.
async fn write(
    call: &Call,
    by: &SignedIn,
    user: Uuid,
    png: Option<Vec<u8>>,
) -> Result<Reply, Problem> {
    let mut entry = by.entry(call)?;
    let mut hash = None;
    if let Some(png) = png {
        let fresh = shelf::hash(&[entry.id.as_bytes(), &png]);
        shelf::put(call, &store::pictures::key(user, &fresh), &png).await?;
        entry = entry.with("after", fresh.as_str());
        hash = Some(fresh);
    }
    let origin: Origin = by.origin();
    let change = ChangeProfilePicture { user, hash: hash.clone(), origin, entry };
    let replaced = call.run(change).await?;
    let unused = replaced.as_ref().map_or(hash, |replaced| replaced.before.clone());
    if let Some(unused) = unused {
        shelf::clear(call, &store::pictures::key(user, &unused)).await;
    }
    replaced.map(|_| Reply::no_content()).ok_or(Problem::UserNotFound)
}

use axum::extract::{Path, RawQuery, Request};
use axum::response::Response;
use http_api::{Call, Caller, Fault, Problem, Reply, SignedIn};
use store::configuration::SNAPSHOT;
use store::pictures::{ChangeImage, ImageName, ImageOf, StoredImage};

use crate::picture::{Kind, Picture, Shape, Unwritable};
use crate::profile_picture::portrait;
use crate::served::{Keep, Served, value};
use crate::upload::UploadBody;
use crate::{shelf, upload};

/// Most bytes that the key-value store takes.
const MAX_BYTES: usize = 1_000_000;

const PNG: &str = "image/png";
const JPEG: &str = "image/jpeg";

/// Longest sides in pixels, largest first: the first whose file is not too large is taken.
const LOGO: [u32; 4] = [1024, 640, 480, 240];
const EMAIL_LOGO: [u32; 2] = [480, 240];
const FAVICON: [u32; 1] = [256];

/// The same for the background, with JPEG's quality.
const BACKGROUND: [(u32, u8); 4] = [(1920, 85), (1920, 70), (1280, 60), (640, 60)];

/// Shows an image of the deployment.
///
/// Without one, pages use what they bring. `default-profile-picture` is for administrators.
#[utoipa::path(
    get,
    path = "/api/application-images/{image}",
    operation_id = "showImage",
    params(
        ("image" = String, Path, pattern = "^(logo|email|background|favicon|default-profile-picture)$",
            description = "Which image."),
        ("light" = Option<bool>, Query, description = "For `logo`: `false` is the one for dark pages."),
        ("v" = Option<String>, Query, description = "The image's hash: what is asked for by it may be kept for good."),
        ("If-None-Match" = Option<String>, Header, description = "What the client has already."),
    ),
    responses(
        (status = 200, content(([u8] = "image/png"), ([u8] = "image/jpeg")), headers(("ETag" = String))),
        (status = 304, description = "The client has it already."),
        (status = 401, description = "not_signed_in"),
        (status = 403, description = "user_disabled forbidden"),
        (status = 404, description = "image_not_found"),
    )
)]
pub(crate) async fn show(
    caller: Caller,
    Path(image): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let name = name(&image, query.as_deref())?;
    let call = &caller.call;
    let found = match name {
        ImageName::DefaultProfilePicture => caller.admin_and(ImageOf(name)).await?.1,
        _ => call.run(ImageOf(name)).await?,
    };
    let StoredImage { hash, content_type } = found.ok_or(Problem::ImageNotFound)?;
    let keep = match name {
        ImageName::DefaultProfilePicture => Keep::Never,
        _ if value(query.as_deref(), "v") == Some(&hash) => Keep::ForGood,
        _ => Keep::ForMinutes,
    };
    let served = Served { content_type: &content_type, hash: &hash, keep };
    if let Some(unchanged) = served.unless_changed(call) {
        return Ok(unchanged);
    }
    let bytes = shelf::take(call, &shelf::key_of_image(name, &hash)).await;
    bytes.map(|bytes| served.with(bytes)).ok_or(Problem::ImageNotFound)
}

/// Replaces an image of the deployment.
///
/// Up to 5 MB. What is kept is written anew, at most 1 MB large.
#[utoipa::path(
    put,
    path = "/api/application-images/{image}",
    operation_id = "replaceImage",
    security(("caller" = ["administrator"])),
    params(
        ("image" = String, Path, pattern = "^(logo|email|background|favicon|default-profile-picture)$",
            description = "Which image."),
        ("light" = Option<bool>, Query, description = "For `logo`: `false` is the one for dark pages."),
    ),
    request_body(content = UploadBody, content_type = "multipart/form-data"),
    responses(
        (status = 204),
        (status = 400, description = "validation_failed invalid_image"),
        (status = 404, description = "image_not_found"),
        (status = 413, description = "file_too_large"),
        (status = 415, description = "file_type_not_supported"),
    )
)]
pub(crate) async fn change(
    caller: Caller,
    Path(image): Path<String>,
    RawQuery(query): RawQuery,
    request: Request,
) -> Result<Reply, Problem> {
    let permitted = caller.admin().await;
    let (admin, name) = match permitted.and_then(|by| Ok((by, name(&image, query.as_deref())?))) {
        Ok(permitted) => permitted,
        Err(problem) => return Err(upload::unread(request, problem).await),
    };
    let file = upload::file(request).await?;
    write(&caller.call, &admin, name, Some(rendered(name, &file)?)).await
}

/// Takes an image of the deployment away.
///
/// Where there is none, that is no error.
#[utoipa::path(
    delete,
    path = "/api/application-images/{image}",
    operation_id = "resetImage",
    security(("caller" = ["administrator"])),
    params(
        ("image" = String, Path, pattern = "^(logo|email|background|favicon|default-profile-picture)$",
            description = "Which image."),
        ("light" = Option<bool>, Query, description = "For `logo`: `false` is the one for dark pages."),
    ),
    responses(
        (status = 204),
        (status = 404, description = "image_not_found"),
    )
)]
pub(crate) async fn reset(
    caller: Caller,
    Path(image): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Reply, Problem> {
    let admin = caller.admin().await?;
    let name = name(&image, query.as_deref())?;
    write(&caller.call, &admin, name, None).await
}

/// Which image a path means; the logo is the light one unless the query says otherwise.
fn name(image: &str, query: Option<&str>) -> Result<ImageName, Problem> {
    Ok(match image {
        "logo" if value(query, "light") == Some("false") => ImageName::LogoDark,
        "logo" => ImageName::LogoLight,
        "email" => ImageName::Email,
        "background" => ImageName::Background,
        "favicon" => ImageName::Favicon,
        "default-profile-picture" => ImageName::DefaultProfilePicture,
        _ => return Err(Problem::ImageNotFound),
    })
}

/// A file as we serve it under this name, and its type.
fn rendered(name: ImageName, file: &[u8]) -> Result<(Vec<u8>, &'static str), Problem> {
    let kind = Kind::of(file).ok_or(Problem::FileTypeNotSupported)?;
    match name {
        ImageName::LogoLight | ImageName::LogoDark => as_png(kind, file, &LOGO),
        ImageName::Email if !matches!(kind, Kind::Png | Kind::Jpeg) => {
            Err(Problem::FileTypeNotSupported)
        }
        ImageName::Email => as_png(kind, file, &EMAIL_LOGO),
        ImageName::Favicon => as_png(kind, file, &FAVICON),
        ImageName::Background => as_jpeg(kind, file),
        ImageName::DefaultProfilePicture => Ok((portrait(file)?, PNG)),
    }
}

fn as_png(kind: Kind, file: &[u8], sides: &[u32]) -> Result<(Vec<u8>, &'static str), Problem> {
    let mut picture = read(kind, file, sides.first().copied().unwrap_or(1))?;
    for side in sides {
        picture = picture.within(*side);
        if let Some(png) = fitting(picture.to_png())? {
            return Ok((png, PNG));
        }
    }
    Err(Problem::FileTooLarge { max: MAX_BYTES })
}

fn as_jpeg(kind: Kind, file: &[u8]) -> Result<(Vec<u8>, &'static str), Problem> {
    let mut picture = read(kind, file, BACKGROUND[0].0)?;
    for (side, quality) in BACKGROUND {
        picture = picture.within(side);
        if let Some(jpeg) = fitting(picture.to_jpeg(quality))? {
            return Ok((jpeg, JPEG));
        }
    }
    Err(Problem::FileTooLarge { max: MAX_BYTES })
}

fn read(kind: Kind, file: &[u8], side: u32) -> Result<Picture, Problem> {
    kind.read(file, Shape::Within(side)).map_err(|_| Problem::InvalidImage)
}

fn fitting(file: Result<Vec<u8>, Unwritable>) -> Result<Option<Vec<u8>>, Problem> {
    let file = file.map_err(|_| Problem::Internal(Fault::Reply))?;
    Ok((file.len() <= MAX_BYTES).then_some(file))
}

/// In the order of [`crate::profile_picture`], for the same reason.
async fn write(
    call: &Call,
    by: &SignedIn,
    name: ImageName,
    file: Option<(Vec<u8>, &'static str)>,
) -> Result<Reply, Problem> {
    let mut entry = by.entry(call)?.with("image", name.as_str());
    let mut image = None;
    if let Some((bytes, content_type)) = file {
        let hash = shelf::hash(&[entry.id.as_bytes(), &bytes]);
        shelf::put(call, &shelf::key_of_image(name, &hash), &bytes).await?;
        entry = entry.with("after", hash.as_str());
        image = Some(StoredImage { hash, content_type: content_type.to_owned() });
    }
    let change = ChangeImage { name, image, origin: by.origin(), entry };
    let replaced = call.run(change).await?;
    // It names the images: whoever asks next gets one made anew.
    shelf::clear(call, SNAPSHOT).await;
    if let Some(replaced) = replaced {
        shelf::clear(call, &shelf::key_of_image(name, &replaced.hash)).await;
    }
    Ok(Reply::no_content())
}

//! `GET /api/users/export`.

mod file;

use axum::body::Body;
use axum::extract::RawQuery;
use axum::response::{IntoResponse, Response};
use domain::Violation;
use futures_util::stream;
use http::{Method, header};
use http_api::{Call, Caller, Problem};
use store::users::{Export, Exported};

use self::file::{Format, UserDto};

/// An export under way: a trip for each piece that the client takes, so that no more than a
/// thousand users are ever in memory.
struct Pieces {
    call: Call,
    format: Format,
    /// The next piece, or where it begins.
    next: Next,
    is_first: bool,
}

enum Next {
    Read(Exported),
    After(i64),
    Nothing,
}

/// Exports all users as a file that can be imported.
#[utoipa::path(
    get,
    path = "/api/users/export",
    operation_id = "exportUsers",
    security(("caller" = ["administrator"])),
    params(
        ("format" = Option<String>, Query, pattern = "^(csv|json)$", description = "`csv` is the default."),
    ),
    responses(
        (status = 200,
            content((Vec<UserDto<'static>> = "application/json"), (String = "text/csv")),
            headers(("Content-Disposition" = String))),
        (status = 400, description = "validation_failed"),
    )
)]
pub(crate) async fn export(
    caller: Caller,
    method: Method,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let admin = caller.admin().await?;
    let format = format(query.as_deref().unwrap_or_default())?;
    if method == Method::HEAD {
        return Ok(reply(format, Body::empty()));
    }
    let entry = admin.entry(&caller.call)?.with("format", format.name());
    let begin = Export { after: 0, begin: Some((admin.origin(), entry)) };
    let first = caller.call.run(begin).await?;
    let pieces = Pieces { call: caller.call, format, next: Next::Read(first), is_first: true };
    Ok(reply(format, Body::from_stream(stream::unfold(pieces, next))))
}

fn format(query: &str) -> Result<Format, Problem> {
    const RULE: Violation = Violation::InvalidFormat { rule: "must be csv or json" };
    let mut parameters = form_urlencoded::parse(query.as_bytes());
    match parameters.find(|(name, _)| name == "format") {
        None => Ok(Format::Csv),
        Some((_, value)) => Format::parse(&value).ok_or(("format", RULE).into()),
    }
}

fn reply(format: Format, body: Body) -> Response {
    let headers = [
        (header::CONTENT_TYPE, format.content_type()),
        (header::CONTENT_DISPOSITION, format.disposition()),
    ];
    (headers, body).into_response()
}

async fn next(mut pieces: Pieces) -> Option<(Result<String, BrokenOff>, Pieces)> {
    let read = match std::mem::replace(&mut pieces.next, Next::Nothing) {
        Next::Nothing => return None,
        Next::Read(read) => read,
        Next::After(after) => match pieces.call.run(Export { after, begin: None }).await {
            Ok(read) => read,
            Err(_) => return Some((Err(BrokenOff), pieces)),
        },
    };
    let piece = pieces.format.piece(&read.users, pieces.is_first, read.next.is_none());
    pieces.next = read.next.map_or(Next::Nothing, Next::After);
    pieces.is_first = false;
    Some((Ok(piece), pieces))
}

/// The database did not answer in the middle of an export.
#[derive(Debug)]
struct BrokenOff;

impl std::fmt::Display for BrokenOff {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the export broke off")
    }
}

impl std::error::Error for BrokenOff {}

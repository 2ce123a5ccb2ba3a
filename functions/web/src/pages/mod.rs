//! The static pages, for runtimes that do not serve files themselves.
//!
//! What Cloudflare's static assets do with the same folder: the headers of `_headers`, the single
//! page for every path that names no file, compressed files to whoever takes them.

mod content_type;
mod headers;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use platform::Files;

/// What answers a path that names no file: a page of the single-page application.
const PAGE: &str = "index.html";

/// Serves `files`.
pub fn router(files: Arc<dyn Files>) -> Router {
    Router::new().fallback(move |request: Request| {
        let response = answer(files.as_ref(), &request);
        async move { response }
    })
}

fn answer(files: &dyn Files, request: &Request) -> Response {
    let path = request.uri().path();
    let mut response = if matches!(*request.method(), Method::GET | Method::HEAD) {
        file(files, path, request.headers())
    } else {
        (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response()
    };
    headers::add(path, &mut response);
    response
}

fn file(files: &dyn Files, path: &str, asked: &HeaderMap) -> Response {
    let Some(name) = file_name(path) else { return StatusCode::NOT_FOUND.into_response() };
    let Some((content, encoding)) = read(files, name, asked) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = tag(&content);
    let mut response = if is_known(&tag, asked) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, content_type::of(name))], content).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, tag);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, encoding);
    }
    response
}

/// Whether `path` names a file: its last segment has a dot, or it is the build's own `_headers`.
/// Everything else is a page, also `/lc/_…`, since tokens may begin like that.
pub fn is_file(path: &str) -> bool {
    path == "/_headers" || path.rsplit('/').next().is_some_and(|last| last.contains('.'))
}

/// The file that answers `path`, or `None` when a file is meant that cannot be one of ours. What
/// comes back has no `.` or `..` segment, nothing hidden and nothing that would need decoding.
fn file_name(path: &str) -> Option<&str> {
    let name = path.strip_prefix('/')?;
    if !is_file(path) {
        return Some(PAGE);
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let is_ours = |segment: &str| !segment.starts_with(['.', '_']) && segment.bytes().all(is_plain);
    name.split('/').all(|segment| !segment.is_empty() && is_ours(segment)).then_some(name)
}

/// The file, in the smallest form that the build made of it and the client takes.
fn read(
    files: &dyn Files,
    name: &str,
    asked: &HeaderMap,
) -> Option<(Vec<u8>, Option<HeaderValue>)> {
    for (encoding, suffix) in [("br", "br"), ("gzip", "gz")] {
        if accepts(asked, encoding)
            && let Some(content) = files.read(&format!("{name}.{suffix}"))
        {
            return Some((content, Some(HeaderValue::from_static(encoding))));
        }
    }
    Some((files.read(name)?, None))
}

fn accepts(asked: &HeaderMap, encoding: &str) -> bool {
    let offered =
        asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    offered.flat_map(|line| line.split(',')).any(|offer| {
        let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
        name.trim() == encoding && weight.trim().trim_end_matches(['0', '.']) != "q="
    })
}

/// Two contents with the same tag are the same; two builds need not agree on it.
fn tag(content: &[u8]) -> HeaderValue {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    HeaderValue::from_str(&format!("\"{:016x}\"", hasher.finish()))
        .unwrap_or(HeaderValue::from_static("\"\""))
}

fn is_known(tag: &HeaderValue, asked: &HeaderMap) -> bool {
    let tag = tag.to_str().unwrap_or_default();
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
    known
        .flat_map(|line| line.split(','))
        .any(|candidate| candidate.trim().trim_start_matches("W/") == tag)
}

#[cfg(test)]
mod tests;

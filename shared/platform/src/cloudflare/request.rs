use axum::http::{self, HeaderName, HeaderValue, Method};
use worker::Body;
use worker::js_sys::Array;
use worker::web_sys::{Headers, Request};

/// The request as axum takes it; the body stays a stream.
///
/// # Errors
/// When the request cannot be said in `http`'s types, which is the client's doing. (`worker`'s own
/// conversion fails on a header value beyond ASCII.)
pub(super) fn from_worker(request: &Request) -> Result<http::Request<Body>, http::Error> {
    let body = request.body().map_or_else(Body::empty, Body::new);
    let mut converted = http::Request::builder()
        .method(Method::from_bytes(request.method().as_bytes())?)
        .uri(request.url())
        .body(body)?;
    copy_headers(&request.headers(), converted.headers_mut())?;
    Ok(converted)
}

pub(super) fn copy_headers(from: &Headers, to: &mut http::HeaderMap) -> Result<(), http::Error> {
    for entry in from.entries().into_iter().flatten() {
        let entry = Array::from(&entry);
        let (name, value) = (entry.get(0).as_string(), entry.get(1).as_string());
        let (Some(name), Some(value)) = (name, value) else {
            continue;
        };
        to.append(
            HeaderName::from_bytes(name.as_bytes())?,
            HeaderValue::from_bytes(&to_bytes(&value))?,
        );
    }
    Ok(())
}

/// A `ByteString`: each character is one byte.
fn to_bytes(value: &str) -> Vec<u8> {
    value.chars().map(|character| u8::try_from(character).unwrap_or(b'?')).collect()
}

use axum::body::{Bytes, HttpBody as _, to_bytes};
use axum::http;
use axum::response::Response;
use worker::js_sys::Uint8Array;
use worker::wasm_bindgen::JsValue;
use worker::web_sys::{self, Headers, ResponseInit};

/// The response as Workers takes it. A body of known length crosses in one piece, so nothing is
/// chunked; one that is made as it goes crosses as a stream, which the client draws.
pub(super) async fn streamed(response: Response) -> Result<web_sys::Response, JsValue> {
    if response.body().size_hint().exact().is_none() {
        return worker::response_to_wasm(response).map_err(|error| error.to_string().into());
    }
    whole(response).await
}

/// The response as Workers takes it, in one piece.
pub(super) async fn whole(response: Response) -> Result<web_sys::Response, JsValue> {
    let (head, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|error| error.to_string())?;
    build(&head, &body)
}

/// A bare status, when there is no router's answer to give.
pub(super) fn status(status: http::StatusCode) -> Result<web_sys::Response, JsValue> {
    let init = ResponseInit::new();
    init.set_status(status.as_u16());
    web_sys::Response::new_with_opt_str_and_init(None, &init)
}

fn build(head: &http::response::Parts, body: &Bytes) -> Result<web_sys::Response, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &head.headers {
        headers.append(name.as_str(), &to_byte_string(value))?;
    }
    let init = ResponseInit::new();
    init.set_status(head.status.as_u16());
    init.set_headers(&headers);
    // 204 and 304 must have no body at all.
    let body = (!body.is_empty()).then(|| Uint8Array::from(body.as_ref()));
    web_sys::Response::new_with_opt_buffer_source_and_init(body.as_deref(), &init)
}

pub(super) fn to_byte_string(value: &http::HeaderValue) -> String {
    value.as_bytes().iter().copied().map(char::from).collect()
}

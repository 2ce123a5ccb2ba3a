use async_trait::async_trait;
use axum::http::{Request, Response, StatusCode};
use bytes::Bytes;
use futures_util::StreamExt as _;
use futures_util::stream::{empty, unfold};
use worker::js_sys::{self, Reflect, Uint8Array};
use worker::send::SendFuture;
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{
    self, AbortController, Headers, ReadableStreamDefaultReader, RequestInit, RequestRedirect,
    WorkerGlobalScope,
};

use super::d1::message_of;
use super::fetch_error::classify;
use super::request::copy_headers;
use super::response::to_byte_string;
use super::within::within;
use crate::{Chunks, Detail, Http, HttpError};

/// The global `fetch`.
pub(super) struct Fetch;

#[async_trait]
impl Http for Fetch {
    async fn send(
        &self,
        request: Request<Vec<u8>>,
        timeout_ms: u32,
    ) -> Result<Response<Chunks>, HttpError> {
        SendFuture::new(fetch(request, timeout_ms)).await
    }
}

async fn fetch(request: Request<Vec<u8>>, timeout_ms: u32) -> Result<Response<Chunks>, HttpError> {
    let fault = |thrown: JsValue| classify(&message_of(&thrown));
    let abort = AbortController::new().map_err(fault)?;
    let init = init(&request, &abort).map_err(fault)?;
    let worker: WorkerGlobalScope = js_sys::global().unchecked_into();
    let promise = worker.fetch_with_str_and_init(&request.uri().to_string(), &init);
    let Some(reply) = within(timeout_ms, JsFuture::from(promise)).await else {
        abort.abort();
        return Err(HttpError::TimedOut);
    };
    let reply: web_sys::Response = reply.map_err(fault)?.unchecked_into();
    let body = match reply.body() {
        Some(stream) => {
            Body { reader: stream.get_reader().unchecked_into(), abort, timeout_ms }.chunks()
        }
        None => empty().boxed(),
    };
    let mut response = Response::new(body);
    let no_http = |error: &dyn std::fmt::Display| HttpError::Lost(Detail::new(error));
    *response.status_mut() =
        StatusCode::from_u16(reply.status()).map_err(|error| no_http(&error))?;
    copy_headers(&reply.headers(), response.headers_mut()).map_err(|error| no_http(&error))?;
    Ok(response)
}

fn init(request: &Request<Vec<u8>>, abort: &AbortController) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in request.headers() {
        headers.append(name.as_str(), &to_byte_string(value))?;
    }
    let init = RequestInit::new();
    init.set_method(request.method().as_str());
    init.set_headers(&headers);
    init.set_redirect(RequestRedirect::Manual);
    init.set_signal(Some(&abort.signal()));
    if !request.body().is_empty() {
        init.set_body(&Uint8Array::from(request.body().as_slice()));
    }
    Ok(init)
}

/// A reply's body, read chunk by chunk as it is asked for.
struct Body {
    reader: ReadableStreamDefaultReader,
    abort: AbortController,
    timeout_ms: u32,
}

impl Body {
    fn chunks(self) -> Chunks {
        let next = |body: Option<Self>| SendFuture::new(async { body?.next().await });
        unfold(Some(self), next).boxed()
    }

    /// The next chunk, and what is to be read after it.
    async fn next(self) -> Option<(Result<Bytes, HttpError>, Option<Self>)> {
        match within(self.timeout_ms, JsFuture::from(self.reader.read())).await {
            None => {
                self.abort.abort();
                Some((Err(HttpError::TimedOut), None))
            }
            Some(Err(thrown)) => {
                Some((Err(HttpError::Lost(Detail::new(message_of(&thrown)))), None))
            }
            Some(Ok(chunk)) => {
                let value = Reflect::get(&chunk, &"value".into()).unwrap_or_default();
                let bytes =
                    (!value.is_undefined()).then(|| Bytes::from(Uint8Array::new(&value).to_vec()));
                bytes.map(|bytes| (Ok(bytes), Some(self)))
            }
        }
    }
}

use std::time::Duration;

use async_trait::async_trait;
use axum::body::{Body, BodyDataStream};
use futures_util::StreamExt as _;
use futures_util::future::{Either, select};
use futures_util::stream::unfold;
use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Request, Response};
use spin_sdk::wasip3::clocks::monotonic_clock::wait_for;
use spin_sdk::wasip3::http::client;
use spin_sdk::wasip3::http::types::ErrorCode;
use spin_sdk::wasip3::http_compat::{http_from_wasi_response, http_into_wasi_request};

use crate::{Chunks, Detail, Http, HttpError};

/// Requests through WASI, where `allowed_outbound_hosts` lets them pass.
pub(super) struct WasiHttp;

#[async_trait]
impl Http for WasiHttp {
    async fn send(
        &self,
        mut request: Request<Vec<u8>>,
        timeout_ms: u32,
    ) -> Result<Response<Chunks>, HttpError> {
        // Known, so that it is said: the body would go in chunks otherwise.
        let length = HeaderValue::from(request.body().len());
        request.headers_mut().insert(CONTENT_LENGTH, length);
        let request = http_into_wasi_request(request.map(Body::from)).map_err(fault)?;
        let reply = within(timeout_ms, client::send(request)).await;
        let reply = reply.ok_or(HttpError::TimedOut)?.map_err(fault)?;
        let reply = http_from_wasi_response(reply).map_err(fault)?;
        Ok(reply.map(|body| chunks(Body::new(body), timeout_ms)))
    }
}

fn chunks(body: Body, timeout_ms: u32) -> Chunks {
    let next = move |body: Option<BodyDataStream>| async move {
        let mut body = body?;
        match within(timeout_ms, body.next()).await {
            None => Some((Err(HttpError::TimedOut), None)),
            Some(None) => None,
            Some(Some(Ok(bytes))) => Some((Ok(bytes), Some(body))),
            Some(Some(Err(error))) => Some((Err(HttpError::Lost(Detail::new(error))), None)),
        }
    };
    unfold(Some(body.into_data_stream()), next).boxed()
}

/// What comes of `future`; `None` if nothing does in time.
async fn within<F: Future>(milliseconds: u32, future: F) -> Option<F::Output> {
    let nanoseconds = Duration::from_millis(milliseconds.into()).as_nanos();
    let end = wait_for(u64::try_from(nanoseconds).unwrap_or(u64::MAX));
    match select(Box::pin(future), Box::pin(end)).await {
        Either::Left((output, _)) => Some(output),
        Either::Right(_) => None,
    }
}

fn fault(error: ErrorCode) -> HttpError {
    match error {
        ErrorCode::DnsTimeout
        | ErrorCode::ConnectionTimeout
        | ErrorCode::ConnectionReadTimeout
        | ErrorCode::ConnectionWriteTimeout
        | ErrorCode::HttpResponseTimeout => HttpError::TimedOut,
        ErrorCode::ConnectionTerminated
        | ErrorCode::HttpResponseIncomplete
        | ErrorCode::HttpProtocolError
        | ErrorCode::InternalError(_) => HttpError::Lost(Detail::new(error)),
        // Everything else is said before the server has the request, or of a reply beyond limits.
        error => HttpError::Unreachable(Detail::new(error)),
    }
}

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use spin_sdk::wasip3::http::types::{ErrorCode, Request, Response};
use spin_sdk::wasip3::http_compat::{http_from_wasi_request, http_into_wasi_response};
use tower::ServiceExt as _;

use super::beside::Components;
use super::files::Mounted;
use super::http::WasiHttp;
use super::key_value::SpinKeyValue;
use super::one_at_a_time::OneAtATime;
use super::panics;
use super::ports::{Stderr, WasiClock, WasiEntropy};
use super::settings::Variables;
use super::sockets::WasiSockets;
use super::sqlite::SpinSqlite;
use super::wake::EmailComponent;
use crate::{Files, NoWake, Outward, Platform, Wake};

/// Answers one request with `router`. Called by the entry macro alone.
///
/// # Errors
/// When the request or the answer cannot be said in the other's terms; Spin then answers 500.
pub async fn serve(
    request: Request,
    router: fn(Platform) -> Router,
) -> Result<Response, ErrorCode> {
    let _alone = begin();
    let platform = platform(Arc::new(NoWake)).await;
    answer(request, router(platform)).await
}

/// The same for a function that causes mail, and so wakes the dispatcher.
///
/// # Errors
/// As [`serve`].
pub async fn serve_mailing(
    request: Request,
    router: fn(Platform) -> Router,
) -> Result<Response, ErrorCode> {
    let _alone = begin();
    let platform = platform(Arc::new(EmailComponent)).await;
    answer(request, router(platform)).await
}

/// The same for a function that speaks to other servers.
///
/// # Errors
/// As [`serve`].
pub async fn serve_outward(
    request: Request,
    router: fn(Platform, Outward) -> Router,
) -> Result<Response, ErrorCode> {
    let _alone = begin();
    let platform = platform(Arc::new(EmailComponent)).await;
    let outward = Outward {
        sockets: Arc::new(WasiSockets),
        http: Arc::new(WasiHttp),
        mail: None,
        beside: Arc::new(Components),
    };
    answer(request, router(platform, outward)).await
}

async fn platform(wake: Arc<dyn Wake>) -> Platform {
    Platform {
        database: Arc::new(SpinSqlite),
        key_value: Arc::new(SpinKeyValue),
        clock: Arc::new(WasiClock),
        entropy: Arc::new(WasiEntropy),
        settings: Arc::new(Variables::fetch().await),
        log: Arc::new(Stderr),
        wake,
    }
}

/// Answers one request for a static file. Called by the entry macro alone.
///
/// # Errors
/// As [`serve`].
pub async fn serve_files(
    request: Request,
    router: fn(Arc<dyn Files>) -> Router,
) -> Result<Response, ErrorCode> {
    let _alone = begin();
    answer(request, router(Arc::new(Mounted))).await
}

/// What comes before every request.
fn begin() -> OneAtATime {
    panics::install();
    OneAtATime::begin()
}

/// All answers but streams carry a content length, which matters here: a chunked one takes 44 ms more
/// on a kept connection.
async fn answer(request: Request, router: Router) -> Result<Response, ErrorCode> {
    let request = http_from_wasi_request(request)?.map(Body::new);
    match router.oneshot(request).await {
        Ok(answer) => http_into_wasi_response(answer),
        Err(error) => {
            let error: Infallible = error;
            match error {}
        }
    }
}

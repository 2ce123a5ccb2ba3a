use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::http::{self, StatusCode};
use axum::response::Response;
use tower::ServiceExt as _;
use worker::Env;
use worker::wasm_bindgen::JsValue;
use worker::web_sys::Request;
use worker::worker_sys::Context;

use super::clock::WorkerClock;
use super::d1::D1;
use super::entropy::WorkerEntropy;
use super::key_value::Namespace;
use super::log::Console;
use super::settings::Bindings;
use super::wake::EmailBinding;
use super::{panics, request, response};
use crate::{NoWake, Platform};

/// Answers one request with `router`. Called by the entry macro alone.
///
/// # Errors
/// When the runtime refuses the response; Workers then answers 500.
pub async fn serve(
    incoming: Request,
    env: Env,
    router: fn(Platform) -> Router,
) -> Result<JsValue, JsValue> {
    match ask(&incoming, env, router).await {
        Some(answer) => response::whole(answer).await.map(JsValue::from),
        None => response::status(StatusCode::BAD_REQUEST).map(JsValue::from),
    }
}

/// The same, where an answer may be made as it goes. It costs some 4 KB, so only who needs it has
/// it.
///
/// # Errors
/// As [`serve`].
pub async fn serve_streams(
    incoming: Request,
    env: Env,
    router: fn(Platform) -> Router,
) -> Result<JsValue, JsValue> {
    match ask(&incoming, env, router).await {
        Some(answer) => response::streamed(answer).await.map(JsValue::from),
        None => response::status(StatusCode::BAD_REQUEST).map(JsValue::from),
    }
}

/// The same for a function that causes mail, and so wakes the dispatcher.
///
/// # Errors
/// As [`serve`].
pub async fn serve_mailing(
    incoming: Request,
    env: Env,
    context: Context,
    router: fn(Platform) -> Router,
) -> Result<JsValue, JsValue> {
    panics::install();
    let Ok(request) = request::from_worker(&incoming) else {
        return response::status(StatusCode::BAD_REQUEST).map(JsValue::from);
    };
    let wake = Arc::new(EmailBinding::new(env.clone(), Some(context)));
    let reply = answer(router(Platform { wake, ..platform(env) }), request).await;
    response::whole(reply).await.map(JsValue::from)
}

/// The router's answer; `None` to what is no request.
async fn ask(incoming: &Request, env: Env, router: fn(Platform) -> Router) -> Option<Response> {
    panics::install();
    let request = request::from_worker(incoming).ok()?;
    Some(answer(router(platform(env)), request).await)
}

/// A router cannot fail.
pub(super) async fn answer(router: Router, request: http::Request<worker::Body>) -> Response {
    match router.oneshot(request).await {
        Ok(answer) => answer,
        Err(error) => {
            let error: Infallible = error;
            match error {}
        }
    }
}

pub(super) fn platform(env: Env) -> Platform {
    Platform {
        database: Arc::new(D1(env.clone())),
        key_value: Arc::new(Namespace(env.clone())),
        clock: Arc::new(WorkerClock),
        entropy: Arc::new(WorkerEntropy),
        settings: Arc::new(Bindings(env)),
        log: Arc::new(Console),
        wake: Arc::new(NoWake),
    }
}

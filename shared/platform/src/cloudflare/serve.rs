use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::http::StatusCode;
use tower::ServiceExt as _;
use worker::Env;
use worker::wasm_bindgen::JsValue;
use worker::web_sys::Request;

use super::clock::WorkerClock;
use super::d1::D1;
use super::entropy::WorkerEntropy;
use super::key_value::Namespace;
use super::log::Console;
use super::settings::Bindings;
use super::{panics, request, response};
use crate::Platform;

/// Answers one request with `router`. Called by the entry macro alone.
///
/// # Errors
/// When the runtime refuses the response; Workers then answers 500.
pub async fn serve(
    incoming: Request,
    env: Env,
    router: fn(Platform) -> Router,
) -> Result<JsValue, JsValue> {
    panics::install();
    let Ok(converted) = request::from_worker(&incoming) else {
        return response::status(StatusCode::BAD_REQUEST).map(JsValue::from);
    };
    match router(platform(env)).oneshot(converted).await {
        Ok(answer) => response::into_worker(answer).await.map(JsValue::from),
        Err(error) => {
            let error: Infallible = error;
            match error {}
        }
    }
}

fn platform(env: Env) -> Platform {
    Platform {
        database: Arc::new(D1(env.clone())),
        key_value: Arc::new(Namespace(env.clone())),
        clock: Arc::new(WorkerClock),
        entropy: Arc::new(WorkerEntropy),
        settings: Arc::new(Bindings(env)),
        log: Arc::new(Console),
    }
}

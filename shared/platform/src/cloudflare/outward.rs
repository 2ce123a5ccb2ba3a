use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request as HttpRequest, StatusCode};
use tower::ServiceExt as _;
use worker::Env;
use worker::wasm_bindgen::JsValue;
use worker::web_sys::Request;
use worker::worker_sys::Context;

use super::beside::Services;
use super::email_service::EmailService;
use super::http::Fetch;
use super::serve::{answer, platform};
use super::sockets::Connections;
use super::wake::EmailBinding;
use super::{panics, request, response};
use crate::{MailService, Outward, Platform};

/// What makes the router of a function that speaks to other servers.
type OutwardRouter = fn(Platform, Outward) -> Router;

fn router(env: Env, context: Option<Context>, router: OutwardRouter) -> Router {
    let wake = Arc::new(EmailBinding::new(env.clone(), context));
    let mail =
        EmailService::bound_to(&env).map(|service| Arc::new(service) as Arc<dyn MailService>);
    let beside = Arc::new(Services(env.clone()));
    let platform = Platform { wake, ..platform(env) };
    let (sockets, http) = (Arc::new(Connections), Arc::new(Fetch));
    router(platform, Outward { sockets, http, mail, beside })
}

/// As [`serve`](super::serve), for a function that speaks to other servers.
///
/// # Errors
/// When the runtime refuses the response; Workers then answers 500.
pub async fn serve_outward(
    incoming: Request,
    env: Env,
    context: Context,
    make: OutwardRouter,
) -> Result<JsValue, JsValue> {
    panics::install();
    let Ok(request) = request::from_worker(&incoming) else {
        return response::status(StatusCode::BAD_REQUEST).map(JsValue::from);
    };
    let reply = answer(router(env, Some(context), make), request).await;
    response::whole(reply).await.map(JsValue::from)
}

/// Asks the function for `path` by POST, as Workers' clock wants it.
///
/// # Errors
/// When the function does not succeed; Workers notes that in the log of the clock.
pub async fn run_scheduled(
    env: Env,
    make: OutwardRouter,
    path: &'static str,
) -> Result<JsValue, JsValue> {
    panics::install();
    let mut request = HttpRequest::new(Body::empty());
    *request.method_mut() = Method::POST;
    *request.uri_mut() = axum::http::Uri::from_static(path);
    let reply = match router(env, None, make).oneshot(request).await {
        Ok(reply) => reply,
        Err(error) => match error {},
    };
    if reply.status().is_success() {
        Ok(JsValue::UNDEFINED)
    } else {
        Err(JsValue::from_str(reply.status().as_str()))
    }
}

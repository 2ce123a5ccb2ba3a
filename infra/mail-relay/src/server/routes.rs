use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody as _, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use http::{StatusCode, header};
use mail_relay_client::{LONGEST_MESSAGE, MESSAGES_PATH, Stage, Submission};
use tokio::time::timeout;

use super::Service;
use crate::answer::{Refusal, json};
use crate::mail::{Mail, too_large};

/// JSON writes CRLF with twice as many bytes, and addresses come along.
const LARGEST_BODY: usize = 2 * LONGEST_MESSAGE;

/// How long the body may take to come.
const TO_COME: Duration = Duration::from_secs(30);

pub(super) fn routes(service: Arc<Service>) -> Router {
    Router::new()
        .route(MESSAGES_PATH, post(hand_over))
        .route("/healthz", get(health))
        .fallback(|| async { nothing_here() })
        .method_not_allowed_fallback(|| async { nothing_here() })
        .with_state(service)
}

/// Who finds nothing has most likely the wrong address of the relay.
fn nothing_here() -> Refusal {
    Refusal::of_all(StatusCode::NOT_FOUND, "the relay has nothing here: check its address")
}

async fn health(State(service): State<Arc<Service>>) -> StatusCode {
    if service.relay.is_well().await { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}

async fn hand_over(State(service): State<Arc<Service>>, request: Request) -> Response {
    match settle(&service, request).await {
        Ok(response) => response,
        Err(refusal) => {
            let why = refusal.answer.reply.as_str();
            tracing::warn!(status = refusal.status.as_u16(), why, "not taken");
            refusal.into_response()
        }
    }
}

/// Who asks is known before anything of the body is read.
async fn settle(service: &Arc<Service>, request: Request) -> Result<Response, Refusal> {
    let presented = request.headers().get(header::AUTHORIZATION);
    if !presented.is_some_and(|it| service.secret.is_presented_by(it.as_bytes())) {
        let why = "the relay does not know this secret";
        return Err(Refusal::of_all(StatusCode::UNAUTHORIZED, why));
    }
    let submission = read(request.into_body()).await?;
    let mail = Mail::check(submission, &service.senders)?;
    let answer = service.relay.settle(mail).await?;
    Ok(json(StatusCode::OK, &answer))
}

async fn read(body: Body) -> Result<Submission, Refusal> {
    // What says that it is too long need not be read to be answered.
    if body.size_hint().lower() > LARGEST_BODY as u64 {
        return Err(too_large());
    }
    let late = |_| Refusal::of_all(StatusCode::REQUEST_TIMEOUT, "the request did not come in time");
    let body = timeout(TO_COME, to_bytes(body, LARGEST_BODY)).await.map_err(late)?;
    let body = body.map_err(|_| too_large())?;
    serde_json::from_slice(&body).map_err(|error| {
        let why = format!("the request is none: {error}");
        Refusal::of_mail(StatusCode::BAD_REQUEST, Stage::Relay, &why)
    })
}

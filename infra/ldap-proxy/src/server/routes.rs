use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Router;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use http::{StatusCode, header};
use ldap_proxy_client::{
    Code, DIGESTS_PATH, DigestsRequest, ENTRIES_PATH, EntriesRequest, Failure, Search,
};
use serde::de::DeserializeOwned;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::Proxy;
use super::reply::{Refusal, typed};
use super::streaming::streamed;
use super::turns::Turn;
use crate::allowed::Admitted;
use crate::answer;
use crate::failures::refusal;
use crate::reading::Pass;

/// The known digests of 100,000 entries are 2.5 MB.
const LONGEST_BODY: usize = 8 * 1024 * 1024;
/// Chunks that wait for a reader.
const AHEAD: usize = 2;

pub(super) fn routes(proxy: Arc<Proxy>) -> Router {
    let guarded = Router::new()
        .route(DIGESTS_PATH, post(digests))
        .route(ENTRIES_PATH, post(entries))
        .route("/metrics", get(metrics))
        .fallback(|| async { Refusal(refusal(Code::NotFound, "there is nothing here")) })
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(from_fn_with_state(Arc::clone(&proxy), guard));
    Router::new()
        .route("/healthz", get(health))
        .merge(guarded)
        .layer(from_fn_with_state(Arc::clone(&proxy), observe))
        .with_state(proxy)
}

/// Lets pass whoever knows the secret.
async fn guard(State(proxy): State<Arc<Proxy>>, request: Request, next: Next) -> Response {
    let presented = request.headers().get(header::AUTHORIZATION);
    if presented.is_some_and(|header| proxy.secret.is_presented_by(header.as_bytes())) {
        return next.run(request).await;
    }
    Refusal(refusal(Code::Unauthorized, "the secret is missing or wrong")).into_response()
}

/// Counts and logs. What was asked for stays out of the log: it may name people.
async fn observe(State(proxy): State<Arc<Proxy>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let route = match request.extensions().get::<MatchedPath>().map(MatchedPath::as_str) {
        Some("/healthz") => "/healthz",
        Some("/metrics") => "/metrics",
        Some(DIGESTS_PATH) => DIGESTS_PATH,
        Some(ENTRIES_PATH) => ENTRIES_PATH,
        _ => "other",
    };
    let response = next.run(request).await;
    let status = response.status().as_u16();
    proxy.metrics.request(route, status);
    if route != "/healthz" && route != "/metrics" {
        let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(route, status, milliseconds, "answered");
    }
    response
}

async fn health(State(proxy): State<Arc<Proxy>>) -> StatusCode {
    let healthy = proxy.health.of(&proxy.access).await;
    if healthy { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}

async fn metrics(State(proxy): State<Arc<Proxy>>) -> Response {
    typed(StatusCode::OK, "text/plain; version=0.0.4", proxy.metrics.text().into())
}

async fn digests(
    State(proxy): State<Arc<Proxy>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let DigestsRequest { search, buckets } = parse(body)?;
    let (turn, mut pass, _) = begin(&proxy, search).await?;
    let page = pass.page().await.map_err(|failure| turn.failed(failure))?;
    let (writer, reader) = mpsc::channel(1);
    tokio::spawn(async move {
        let made = tokio::select! {
            made = answer::digests(pass, page, buckets) => made,
            () = writer.closed() => return turn.broken(),
        };
        if let Ok(made) = &made {
            turn.done(made.entries, 0);
        }
        let body = match made {
            Ok(made) => serde_json::to_vec(&made),
            Err(failure) => serde_json::to_vec(&turn.failed(failure).0),
        };
        // The status is out already; an answer that is none says so by not being the digests.
        let _ = writer.send(body.unwrap_or_default().into()).await;
    });
    Ok(streamed(reader))
}

async fn entries(
    State(proxy): State<Arc<Proxy>>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let EntriesRequest { search, buckets, wanted } = parse(body)?;
    if wanted.last_key_value().is_some_and(|(bucket, _)| *bucket >= buckets.count()) {
        return Err(refusal(Code::InvalidRequest, "a wanted bucket that there is not").into());
    }
    let (turn, mut pass, search) = begin(&proxy, search).await?;
    let page = pass.page().await.map_err(|failure| turn.failed(failure))?;
    let (writer, reader) = mpsc::channel(AHEAD);
    tokio::spawn(async move {
        match answer::stream(pass, page, search, buckets, wanted, writer).await {
            Some(end) => turn.done(end.entries, end.sent),
            None => turn.broken(),
        }
    });
    Ok(streamed(reader))
}

fn parse<T: DeserializeOwned>(body: Result<Bytes, BytesRejection>) -> Result<T, Refusal> {
    let body = body.map_err(|error| refusal(Code::InvalidRequest, error.body_text()))?;
    serde_json::from_slice(&body)
        .map_err(|error| Refusal(refusal(Code::InvalidRequest, error.to_string())))
}

/// A search that runs, and its account.
struct Running {
    proxy: Arc<Proxy>,
    begun: Instant,
    _turn: Turn,
}

impl Running {
    fn done(&self, read: u64, sent: u64) {
        self.proxy.metrics.search(self.begun.elapsed(), read, sent);
    }

    fn broken(&self) {
        self.proxy.metrics.failure(ldap_proxy_client::Stage::Search);
    }

    fn failed(&self, failure: Failure) -> Refusal {
        account(&self.proxy, &failure);
        Refusal(failure)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.proxy.metrics.running.fetch_sub(1, Ordering::Relaxed);
    }
}

fn account(proxy: &Proxy, failure: &Failure) {
    if let Some(stage) = failure.stage {
        tracing::warn!(error = failure.error, code = ?failure.code, ?stage, "the directory failed");
        proxy.metrics.failure(stage);
    }
}

/// Checks, waits for its turn, connects.
async fn begin(
    proxy: &Arc<Proxy>,
    search: Search,
) -> Result<(Running, Pass, Arc<Admitted>), Refusal> {
    let search = Arc::new(proxy.allowed.admit(search)?);
    let busy = || refusal(Code::Busy, "too many searches wait already");
    let turn = proxy.turns.take(search.turn).await.ok_or_else(busy)?;
    proxy.metrics.running.fetch_add(1, Ordering::Relaxed);
    let running = Running { proxy: Arc::clone(proxy), begun: Instant::now(), _turn: turn };
    let pass = Pass::begin(&proxy.access, Arc::clone(&search), &proxy.reading).await;
    let pass = pass.map_err(|failure| running.failed(failure))?;
    Ok((running, pass, search))
}

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderName, HeaderValue, Method, StatusCode, header};
use platform::{Metered, Platform, Usage};
use serde_json::json;

use crate::Problem;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The outermost layer: gives the request its id and its meter, writes the error envelope, the
/// headers every reply carries, and one log line.
pub(crate) async fn observe(
    State(platform): State<Platform>,
    mut request: Request,
    next: Next,
) -> Response {
    let id = request_id(&platform);
    let meter = Arc::new(Metered::new(platform.database.clone()));
    request.extensions_mut().insert(Arc::clone(&meter));
    let line = Line {
        id: &id,
        method: request.method().clone(),
        route: request.extensions().get::<MatchedPath>().cloned(),
        began_ms: platform.clock.now_ms(),
    };
    let mut response = next.run(request).await;
    let problem = response.extensions_mut().remove::<Arc<Problem>>();
    let problem = problem.or_else(|| refused_by_axum(response.status()));
    if let Some(problem) = &problem {
        *response.status_mut() = problem.status();
        write_envelope(&mut response, problem, &id);
    }
    write_headers(&mut response, &id);
    let took_ms = platform.clock.now_ms() - line.began_ms;
    platform.log.line(&line.write(&response, problem.as_deref(), meter.usage(), took_ms));
    response
}

/// Handlers refuse with problems. What is refused without one is a path whose escapes are no UTF-8:
/// nothing of ours can have it.
fn refused_by_axum(status: StatusCode) -> Option<Arc<Problem>> {
    (status == StatusCode::BAD_REQUEST).then(|| Arc::new(Problem::ApiEndpointNotFound))
}

/// A request that cannot even get an id is served all the same.
fn request_id(platform: &Platform) -> String {
    let mut bytes = [0; 16];
    match platform.entropy.fill(&mut bytes) {
        Ok(()) => uuid::Builder::from_random_bytes(bytes).into_uuid().to_string(),
        Err(_) => uuid::Uuid::nil().to_string(),
    }
}

fn write_envelope(response: &mut Response, problem: &Problem, id: &str) {
    *response.body_mut() = Body::from(problem.envelope(id).to_string());
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_LENGTH);
    headers
        .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    let wait_seconds = match problem {
        Problem::RateLimited { retry_after_ms } => (retry_after_ms + 999) / 1000,
        Problem::Busy => 1,
        _ => return,
    };
    headers.insert(header::RETRY_AFTER, HeaderValue::from(wait_seconds.max(1)));
}

fn write_headers(response: &mut Response, id: &str) {
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
    let defaults = [
        (header::CACHE_CONTROL, "private, no-store"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        ),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    for (name, value) in defaults {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}

/// One line of the access log. It names the route, not the path: paths carry tokens.
struct Line<'a> {
    id: &'a str,
    method: Method,
    route: Option<MatchedPath>,
    began_ms: i64,
}

impl Line<'_> {
    fn write(
        &self,
        response: &Response,
        problem: Option<&Problem>,
        usage: Usage,
        took_ms: i64,
    ) -> String {
        let mut line = json!({
            "request": self.id,
            "method": self.method.as_str(),
            "route": self.route.as_ref().map_or("", MatchedPath::as_str),
            "status": response.status().as_u16(),
            "ms": took_ms,
            "trips": usage.trips,
            "rowsRead": usage.rows_read,
            "rowsWritten": usage.rows_written,
        });
        if let Some(Problem::Internal(fault)) = problem {
            line["fault"] = fault.to_string().into();
        }
        line.to_string()
    }
}

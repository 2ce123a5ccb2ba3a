use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::Method;
use http::header::{HeaderMap, ORIGIN};

use crate::Problem;
use crate::routes::App;

/// Refuses state-changing requests that a browser sends for a page of another origin. Clients that
/// are no browsers send neither header and carry no cookie that somebody could misuse.
pub(crate) async fn refuse_foreign(
    State(app): State<App>,
    request: Request,
    next: Next,
) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !reads && is_foreign(request.headers(), &app.deployment().app_url) {
        return Problem::ForeignOrigin.into_response();
    }
    next.run(request).await
}

fn is_foreign(headers: &HeaderMap, app_url: &str) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("invalid"));
    match (text("sec-fetch-site"), text(ORIGIN.as_str())) {
        (Some("cross-site" | "same-site"), _) => true,
        (_, Some(origin)) => origin != app_url,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(headers: &[(&'static str, &str)]) -> bool {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(*name, value.parse().unwrap());
        }
        is_foreign(&map, "https://id.example.com")
    }

    #[test]
    fn our_own_pages_and_plain_clients_pass() {
        assert!(!foreign(&[]));
        assert!(!foreign(&[("origin", "https://id.example.com")]));
        assert!(!foreign(&[
            ("origin", "https://id.example.com"),
            ("sec-fetch-site", "same-origin")
        ]));
    }

    #[test]
    fn other_pages_do_not() {
        assert!(foreign(&[("origin", "https://evil.example")]));
        assert!(foreign(&[("origin", "null")]));
        assert!(foreign(&[("origin", "http://id.example.com")]));
        assert!(foreign(&[("origin", "https://id.example.com.evil.example")]));
        assert!(foreign(&[("sec-fetch-site", "cross-site")]));
        assert!(foreign(&[("sec-fetch-site", "same-site")]));
    }
}

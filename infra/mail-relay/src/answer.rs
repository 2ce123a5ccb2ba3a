use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use mail_relay_client::{Answer, Outcome, Stage};

use crate::text::line;

/// What a server, or the relay itself, says of a mail.
pub(crate) fn answer(outcome: Outcome, stage: Stage, reply: &str) -> Answer {
    Answer { outcome, stage, reply: line(reply) }
}

/// What the relay refuses by itself, and the status of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) answer: Answer,
}

impl Refusal {
    /// This mail will never go.
    pub(crate) fn of_mail(status: StatusCode, stage: Stage, why: &str) -> Self {
        Self { status, answer: answer(Outcome::Refused, stage, why) }
    }

    /// No mail goes until somebody has mended something, or a while has passed.
    pub(crate) fn of_all(status: StatusCode, why: &str) -> Self {
        Self { status, answer: answer(Outcome::Unreachable, Stage::Relay, why) }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = json(self.status, &self.answer);
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

pub(crate) fn json(status: StatusCode, answer: &Answer) -> Response {
    let Ok(body) = serde_json::to_vec(answer) else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-store")];
    (status, headers, Body::from(body)).into_response()
}

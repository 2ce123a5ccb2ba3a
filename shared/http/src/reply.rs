use axum::body::Body;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Serialize;
use store::sessions::{Amr, StartedSession};

use crate::{Call, Cookie, CookieName, Deployment, Fault, Problem, Secret, UserDto, session_token};

/// A successful reply.
pub struct Reply {
    status: StatusCode,
    body: Option<Vec<u8>>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Reply {
    /// 200 with a JSON body.
    ///
    /// # Errors
    /// 500 when `body` cannot be written as JSON.
    pub fn ok(body: &impl Serialize) -> Result<Self, Problem> {
        Self::json(StatusCode::OK, body)
    }

    /// 201 with a JSON body.
    ///
    /// # Errors
    /// 500 when `body` cannot be written as JSON.
    pub fn created(body: &impl Serialize) -> Result<Self, Problem> {
        Self::json(StatusCode::CREATED, body)
    }

    /// 202 with a JSON body: it is not done yet.
    ///
    /// # Errors
    /// 500 when `body` cannot be written as JSON.
    pub fn accepted(body: &impl Serialize) -> Result<Self, Problem> {
        Self::json(StatusCode::ACCEPTED, body)
    }

    /// 204.
    pub fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: None, headers: Vec::new() }
    }

    fn json(status: StatusCode, body: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(body).map_err(|_| Problem::Internal(Fault::Reply))?;
        let json = HeaderValue::from_static("application/json; charset=utf-8");
        Ok(Self { status, body: Some(body), headers: vec![(header::CONTENT_TYPE, json)] })
    }

    /// 200 with a body that is no JSON of ours.
    pub fn bytes(content_type: &'static str, body: Vec<u8>) -> Self {
        let content_type = HeaderValue::from_static(content_type);
        let headers = vec![(header::CONTENT_TYPE, content_type)];
        Self { status: StatusCode::OK, body: Some(body), headers }
    }

    /// The same reply as 201.
    #[must_use]
    pub fn as_created(self) -> Self {
        Self { status: StatusCode::CREATED, ..self }
    }

    /// The same reply with one more header. A value that cannot stand in one is left out.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.extend(HeaderValue::try_from(value).ok().map(|value| (name, value)));
        self
    }

    /// The same reply with one more cookie.
    #[must_use]
    pub fn with_cookie(mut self, cookie: &Cookie, deployment: &Deployment) -> Self {
        let cookie = cookie.header(deployment);
        self.headers.extend(cookie.map(|cookie| (header::SET_COOKIE, cookie)));
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let mut response = match self.body {
            Some(body) => (self.status, Body::from(body)).into_response(),
            None => self.status.into_response(),
        };
        for (name, value) in self.headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

/// The reply that lets somebody in: 200 with the user, and the session's cookie.
///
/// # Errors
/// 500 when the token cannot be signed.
pub fn started_session(
    call: &Call,
    session: StartedSession,
    amr: Amr,
    secret: &Secret,
) -> Result<Reply, Problem> {
    let deployment = call.deployment();
    let token = session_token::sign(deployment, &session, amr.as_str(), secret, call.now())?;
    let seconds = session.expires_at.as_seconds() - call.now().as_seconds();
    let cookie = Cookie::new(CookieName::AccessToken, token, seconds);
    Ok(Reply::ok(&UserDto::from(session.user))?.with_cookie(&cookie, deployment))
}

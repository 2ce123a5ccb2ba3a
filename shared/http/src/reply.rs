use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use serde::Serialize;
use store::sessions::{Amr, StartedSession};

use crate::{Call, Cookie, CookieName, Deployment, Fault, Problem, Secret, UserDto, session_token};

/// A successful reply.
pub struct Reply {
    status: StatusCode,
    body: Option<Vec<u8>>,
    cookies: Vec<header::HeaderValue>,
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

    /// 204.
    pub fn no_content() -> Self {
        Self { status: StatusCode::NO_CONTENT, body: None, cookies: Vec::new() }
    }

    fn json(status: StatusCode, body: &impl Serialize) -> Result<Self, Problem> {
        let body = serde_json::to_vec(body).map_err(|_| Problem::Internal(Fault::Reply))?;
        Ok(Self { status, body: Some(body), cookies: Vec::new() })
    }

    /// The same reply with one more cookie.
    #[must_use]
    pub fn with_cookie(mut self, cookie: &Cookie, deployment: &Deployment) -> Self {
        self.cookies.extend(cookie.header(deployment));
        self
    }
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let json = [(header::CONTENT_TYPE, "application/json; charset=utf-8")];
        let mut response = match self.body {
            Some(body) => (self.status, json, body).into_response(),
            None => self.status.into_response(),
        };
        for cookie in self.cookies {
            response.headers_mut().append(header::SET_COOKIE, cookie);
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

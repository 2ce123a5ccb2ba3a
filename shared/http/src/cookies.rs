use http::{HeaderMap, HeaderValue, header};

use crate::Deployment;

/// The cookies Postern sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookieName {
    /// The session token.
    AccessToken,
    /// The secret of a passkey ceremony under way.
    Ceremony,
    /// The secret of the browser that asked for a one-time link.
    DeviceToken,
}

impl CookieName {
    /// The name on the wire: `__Host-` needs https and the whole host, `__Secure-` https.
    fn on(self, deployment: &Deployment) -> &'static str {
        match (self, deployment.secure) {
            (Self::AccessToken, true) => "__Host-access_token",
            (Self::AccessToken, false) => "access_token",
            (Self::Ceremony, true) => "__Host-session",
            (Self::Ceremony, false) => "session",
            (Self::DeviceToken, true) => "__Secure-device_token",
            (Self::DeviceToken, false) => "device_token",
        }
    }

    /// Where the cookie is sent.
    fn path(self) -> &'static str {
        match self {
            Self::AccessToken | Self::Ceremony => "/",
            Self::DeviceToken => "/api/one-time-access-token",
        }
    }

    /// The cookie's value in a request, if it carries one.
    pub(crate) fn value<'h>(
        self,
        headers: &'h HeaderMap,
        deployment: &Deployment,
    ) -> Option<&'h str> {
        let name = self.on(deployment);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find_map(|(key, value)| (key == name).then_some(value))
    }
}

/// A cookie to set: always `HttpOnly`, `Secure`, `SameSite=Lax`, for this host alone.
#[derive(Debug, Clone)]
pub struct Cookie {
    name: CookieName,
    value: String,
    max_age_seconds: i64,
}

impl Cookie {
    /// A cookie that lives so many seconds.
    pub fn new(name: CookieName, value: String, max_age_seconds: i64) -> Self {
        Self { name, value, max_age_seconds }
    }

    /// Takes a cookie back.
    pub fn clear(name: CookieName) -> Self {
        Self { name, value: String::new(), max_age_seconds: 0 }
    }

    /// The `Set-Cookie` header. The value is base64url or a JWT: it needs no quoting.
    pub(crate) fn header(&self, deployment: &Deployment) -> Option<HeaderValue> {
        let Self { name, value, max_age_seconds } = self;
        let (name, path) = (name.on(deployment), name.path());
        HeaderValue::try_from(format!(
            "{name}={value}; Path={path}; Max-Age={max_age_seconds}; HttpOnly; Secure; SameSite=Lax"
        ))
        .ok()
    }
}

use std::sync::Arc;

use axum::extract::FromRequestParts;
use domain::Timestamp;
use http::request::Parts;
use http::{HeaderMap, header};
use platform::{KeyValue, Metered, Statement};
use serde_json::{Map, json};
use sha2::{Digest, Sha256};
use store::audit::Entry;
use store::outbox::{Kind, NewMail};
use store::sessions::{Amr, NewSession};
use store::{Batch, Client, Outcomes, SecretHash};
use uuid::Uuid;

use crate::client::client;
use crate::routes::App;
use crate::{CookieName, Deployment, Fault, Problem, Secret};

/// One request and what it may ask of the deployment. The clock is read once: everything a request
/// does happens at [`Call::now`].
#[derive(Clone)]
pub struct Call {
    app: App,
    database: Arc<Metered>,
    client: Client,
    headers: HeaderMap,
    now: Timestamp,
}

impl Call {
    /// The moment the request is handled.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The moment it is by now, for work that goes on for long after the request came.
    pub fn by_now(&self) -> Timestamp {
        Timestamp::from_ms(self.app.platform().clock.now_ms())
    }

    /// Starts the dispatcher of mail, beside this request.
    pub async fn wake_dispatcher(&self) {
        self.app.platform().wake.wake().await;
    }

    /// Who sent the request.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The deployment's settings.
    pub fn deployment(&self) -> &Deployment {
        self.app.deployment()
    }

    /// A setting that this function alone has.
    pub fn setting(&self, name: &str) -> Option<String> {
        self.app.platform().settings.get(name)
    }

    /// Runs a batch: one trip, all or nothing.
    ///
    /// # Errors
    /// 503 when the database is busy, else 500.
    pub async fn run<B: Batch>(&self, batch: B) -> Result<B::Output, Problem> {
        let mut outcomes = self.trip(batch.statements()).await?;
        Ok(batch.read(&mut outcomes)?)
    }

    /// Runs statements, whosever they are.
    pub(crate) async fn trip(&self, statements: Vec<Statement>) -> Result<Outcomes, Problem> {
        Ok(store::trip(self.database.as_ref(), statements).await?)
    }

    /// A fresh random identifier (UUID version 4).
    ///
    /// # Errors
    /// 500 when the random generator fails.
    pub fn new_id(&self) -> Result<Uuid, Problem> {
        Ok(uuid::Builder::from_random_bytes(self.random()?).into_uuid())
    }

    /// A fresh secret of `N` bytes.
    ///
    /// # Errors
    /// 500 when the random generator fails.
    pub fn new_secret<const N: usize>(&self) -> Result<Secret, Problem> {
        Ok(Secret::from_bytes(self.random::<N>()?))
    }

    /// An audit entry of this request, without facts yet.
    ///
    /// # Errors
    /// 500 when the random generator fails.
    pub fn entry(&self) -> Result<Entry, Problem> {
        let (at, client) = (self.now, self.client.clone());
        Ok(Entry { id: self.new_id()?, at, client, data: Map::new() })
    }

    /// A mail of this request, without facts yet.
    ///
    /// # Errors
    /// 500 when the random generator fails.
    pub fn mail(&self, kind: Kind) -> Result<NewMail, Problem> {
        let (id, at) = (self.new_id()?, self.now);
        Ok(NewMail { id, kind, data: Map::new(), at, expires_at: None })
    }

    /// SHA-256 of where the request comes from: network address and browser.
    pub fn device_hash(&self) -> SecretHash {
        let Client { ip_address, user_agent } = &self.client;
        Sha256::digest([ip_address.as_str(), "\0", user_agent].concat()).into()
    }

    /// A session for the flow to make, and the secret that only its cookie will carry.
    ///
    /// # Errors
    /// 500 when the random generator fails.
    pub fn new_session(&self, amr: Amr) -> Result<(NewSession, Secret), Problem> {
        let secret = self.new_secret::<32>()?;
        let session = NewSession {
            id: self.new_id()?,
            secret_hash: secret.hash(),
            amr,
            client: self.client.clone(),
            at: self.now,
        };
        Ok((session, secret))
    }

    /// The value of a cookie of ours.
    pub fn cookie(&self, name: CookieName) -> Option<&str> {
        name.value(&self.headers, self.deployment())
    }

    /// What may be a minute old.
    pub fn key_value(&self) -> &dyn KeyValue {
        self.app.platform().key_value.as_ref()
    }

    /// Tells the operator of a failure that the request survived.
    pub fn warn(&self, fault: &Fault) {
        let line = json!({ "level": "warning", "fault": fault.to_string() });
        self.app.platform().log.line(&line.to_string());
    }

    /// A header's text, if the request carries it. Several lines are one list (RFC 9110 §5.3), and
    /// what is no UTF-8 is there all the same: a condition that cannot be read must not read as none.
    pub fn header(&self, name: &header::HeaderName) -> Option<String> {
        list(&self.headers, name)
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// `N` random bytes.
    ///
    /// # Errors
    /// 500 when the random generator fails.
    pub fn random<const N: usize>(&self) -> Result<[u8; N], Problem> {
        let mut bytes = [0; N];
        self.app.platform().entropy.fill(&mut bytes)?;
        Ok(bytes)
    }
}

impl FromRequestParts<App> for Call {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let metered = parts.extensions.get::<Arc<Metered>>().cloned();
        let database =
            metered.unwrap_or_else(|| Arc::new(Metered::new(app.platform().database.clone())));
        Ok(Self {
            app: app.clone(),
            database,
            client: client(&parts.headers),
            headers: parts.headers.clone(),
            now: Timestamp::from_ms(app.platform().clock.now_ms()),
        })
    }
}

fn list(headers: &HeaderMap, name: &header::HeaderName) -> Option<String> {
    let lines = headers.get_all(name).into_iter();
    let lines: Vec<_> = lines.map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
    (!lines.is_empty()).then(|| lines.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn lines_of_a_header_are_one_list_and_what_cannot_be_read_is_still_there() {
        let mut headers = HeaderMap::new();
        assert_eq!(list(&headers, &header::IF_MATCH), None);
        headers.append(header::IF_MATCH, HeaderValue::from_static("\"1\""));
        headers.append(header::IF_MATCH, HeaderValue::from_static("\"2\""));
        assert_eq!(list(&headers, &header::IF_MATCH).as_deref(), Some("\"1\", \"2\""));
        let foreign = HeaderValue::from_bytes(b"\"\xe9\"").expect("bytes of a header");
        headers.insert(header::IF_MATCH, foreign);
        assert_eq!(list(&headers, &header::IF_MATCH).as_deref(), Some("\"\u{fffd}\""));
    }
}

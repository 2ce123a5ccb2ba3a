use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use ureq::Agent;
use ureq::http::{HeaderMap, Response};
use ureq::unversioned::resolver::DefaultResolver;

use crate::source_address;

/// A browser's network side: keeps cookies, sends its own address. Cheap to clone; clones share
/// the cookies.
#[derive(Clone)]
pub struct Client {
    base_url: String,
    agent: Agent,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
    address: String,
    extra: Vec<(String, String)>,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as JSON; `Null` when there is none.
    pub json: Value,
    /// Body as text; replacement characters stand for what is none.
    pub text: String,
    /// Body as it came.
    pub bytes: Vec<u8>,
}

impl Client {
    /// A client without cookies that comes from `address`: by a header where the runtime's edge
    /// would set one, else by the connection, from the loopback address with the same ending.
    pub fn new(base_url: &str, address: &str) -> Self {
        let config = Agent::config_builder().http_status_as_error(false).build();
        let resolver = DefaultResolver::default();
        Self {
            base_url: base_url.to_owned(),
            agent: Agent::with_parts(config, source_address::From::like(address), resolver),
            cookies: Arc::default(),
            address: address.to_owned(),
            extra: Vec::new(),
        }
    }

    /// The same client with one more header on every request.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.extra.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The deployment's origin.
    pub fn origin(&self) -> &str {
        &self.base_url
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// Sets a cookie, as an attacker would.
    pub fn set_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        cookies.insert(name.to_owned(), value.to_owned());
    }

    /// `GET path`.
    pub fn get(&self, path: &str) -> Reply {
        self.send("GET", path, None)
    }

    /// `POST path` with a JSON body.
    pub fn post(&self, path: &str, body: &Value) -> Reply {
        self.send("POST", path, Some(body.to_string().as_bytes()))
    }

    /// `PATCH path` with a JSON body.
    pub fn patch(&self, path: &str, body: &Value) -> Reply {
        self.send("PATCH", path, Some(body.to_string().as_bytes()))
    }

    /// `PUT path` with a JSON body.
    pub fn put(&self, path: &str, body: &Value) -> Reply {
        self.send("PUT", path, Some(body.to_string().as_bytes()))
    }

    /// `POST path` without a body.
    pub fn post_empty(&self, path: &str) -> Reply {
        self.send("POST", path, None)
    }

    /// `DELETE path`.
    pub fn delete(&self, path: &str) -> Reply {
        self.send("DELETE", path, None)
    }

    /// Any request; a body goes as `application/json` unless a header says otherwise.
    pub fn send(&self, method: &str, path: &str, body: Option<&[u8]>) -> Reply {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base_url))
            .header("x-client-address", &self.address)
            .header("cf-connecting-ip", &self.address)
            .header("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0");
        if body.is_some() && !self.extra.iter().any(|(name, _)| name == "content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in &self.extra {
            request = request.header(name, value);
        }
        let cookies = self.cookie_header();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        let request = request.body(body.unwrap_or_default().to_vec()).expect("a valid request");
        self.read(self.agent.run(request).expect("the deployment answers"))
    }

    fn cookie_header(&self) -> String {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    fn read(&self, mut response: Response<ureq::Body>) -> Reply {
        let headers = response.headers().clone();
        for line in headers.get_all("set-cookie") {
            self.keep_cookie(line.to_str().expect("cookies are ASCII"));
        }
        let bytes = response.body_mut().read_to_vec().expect("the body arrives");
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or(Value::Null);
        Reply { status: response.status().as_u16(), headers, json, text, bytes }
    }

    fn keep_cookie(&self, line: &str) {
        let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
        let (name, value) = pair.split_once('=').expect("a cookie has a name");
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        if attributes.contains("Max-Age=0;") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Reply {
    /// Passes the reply on if its status is as expected.
    ///
    /// # Panics
    /// When it is not.
    #[must_use]
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The error code of the envelope.
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// A member that must be a string.
    ///
    /// # Panics
    /// When it is none.
    #[track_caller]
    pub fn text_of(&self, member: &str) -> String {
        self.json[member]
            .as_str()
            .unwrap_or_else(|| panic!("no {member}: {}", self.text))
            .to_owned()
    }
}

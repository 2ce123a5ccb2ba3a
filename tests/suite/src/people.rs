use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use authenticator::Authenticator;
use serde_json::{Value, json};

use crate::{Client, NativeServer, Reply, SETUP_TOKEN, database};

/// A deployment with its first administrator.
pub struct Deployment {
    /// Where.
    pub base_url: String,
    /// The administrator, signed in.
    pub admin: Person,
}

/// Somebody with a browser and an authenticator.
pub struct Person {
    /// Their browser.
    pub client: Client,
    /// Their authenticator.
    pub authenticator: Authenticator,
    /// Their record.
    pub user: Value,
}

static NEXT: AtomicU32 = AtomicU32::new(1);

/// A number that no other test of this process has.
pub fn unique() -> u32 {
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A network address of one's own.
fn address() -> String {
    let [_, b, c, d] = unique().to_be_bytes();
    format!("10.{b}.{c}.{d}")
}

/// Keys of one's own.
fn seed() -> [u8; 32] {
    let mut seed = [0x5e; 32];
    seed[..4].copy_from_slice(&unique().to_be_bytes());
    seed[4..8].copy_from_slice(&std::process::id().to_be_bytes());
    seed
}

impl Deployment {
    /// The deployment that `POSTERN_URL` names, else one of this process without rate limits. Its
    /// set-up is a race of twenty, which is also the proof that a race has one winner.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Deployment> = OnceLock::new();
        SHARED.get_or_init(|| match std::env::var("POSTERN_URL") {
            Ok(url) => {
                Self::set_up(&url, &std::env::var("POSTERN_SETUP_TOKEN").unwrap_or_default())
            }
            Err(_) => Self::native("off"),
        })
    }

    /// A deployment of this process, whose mail leaves at once.
    pub fn native(rate_limits: &str) -> Self {
        let server = NativeServer::start_waking(Arc::new(database()), rate_limits);
        Self::set_up(&server.base_url, SETUP_TOKEN)
    }

    /// Sets up the deployment at `base_url`.
    ///
    /// # Panics
    /// Unless exactly one of twenty attempts at once succeeds.
    pub fn set_up(base_url: &str, setup_token: &str) -> Self {
        let attempts: Vec<_> = (0..20)
            .map(|number| {
                let client = Client::new(base_url, &address());
                let body = json!({
                    "username": format!("admin{number}"), "email": format!("admin{number}@example.com"),
                    "firstName": "Ada", "lastName": "Admin", "setupToken": setup_token,
                });
                std::thread::spawn(move || (client.post("/api/signup/setup", &body), client))
            })
            .collect();
        let replies: Vec<_> =
            attempts.into_iter().map(|attempt| attempt.join().expect("no panic")).collect();
        let codes: Vec<_> = replies.iter().map(|(reply, _)| reply.status).collect();
        let (winners, losers): (Vec<_>, Vec<_>) =
            replies.into_iter().partition(|(reply, _)| reply.status == 200);
        assert_eq!(winners.len(), 1, "exactly one administrator: {codes:?}");
        assert!(losers.iter().all(|(reply, _)| matches!(reply.status, 409 | 429)), "{codes:?}");
        let (reply, client) = winners.into_iter().next().expect("one winner");
        let admin = Person { client, authenticator: Authenticator::new(seed()), user: reply.json };
        Self { base_url: base_url.to_owned(), admin }
    }

    /// A browser without cookies, from an address of its own.
    pub fn client(&self) -> Client {
        Client::new(&self.base_url, &address())
    }

    /// Makes a user and gives their record.
    pub fn new_user(&self) -> Value {
        let number = unique();
        let body = json!({
            "username": format!("user{number}"), "email": format!("user{number}@example.com"),
            "firstName": "Una", "lastName": format!("User{number}"),
        });
        self.admin.client.post("/api/users", &body).expect(201).json
    }

    /// Makes a link for a user and gives its token.
    pub fn new_link(&self, user: &Value) -> String {
        self.mint(user, &json!({ "ttl": 3600 })).expect(201).text_of("token")
    }

    /// Asks for a link.
    pub fn mint(&self, user: &Value, body: &Value) -> Reply {
        let id = user["id"].as_str().expect("an id");
        self.admin.client.post(&format!("/api/users/{id}/one-time-access-token"), body)
    }

    /// Makes a sign-up token for so many people and gives it as administrators see it.
    pub fn new_signup_token(&self, usage_limit: u32) -> Value {
        let body = json!({ "usageLimit": usage_limit, "largeUsageLimit": true });
        self.admin.client.post("/api/signup-tokens", &body).expect(201).json
    }

    /// What somebody writes to sign up who has no account yet.
    pub fn application(token: &Value) -> Value {
        let number = unique();
        json!({
            "username": format!("nia{number}"), "email": format!("nia{number}@example.com"),
            "firstName": "Nia", "lastName": format!("New{number}"), "token": token,
        })
    }

    /// A new user who came in by a link; without a passkey yet.
    pub fn newcomer(&self) -> Person {
        let token = self.new_link(&self.new_user());
        let client = self.client();
        let user =
            client.post_empty(&format!("/api/one-time-access-token/{token}")).expect(200).json;
        Person { client, authenticator: Authenticator::new(seed()), user }
    }

    /// A new user who has registered a passkey.
    pub fn member(&self) -> Person {
        let mut person = self.newcomer();
        let _ = person.register().expect(200);
        person
    }
}

impl Person {
    /// Their identifier.
    pub fn id(&self) -> &str {
        self.user["id"].as_str().expect("an id")
    }

    /// Runs a registration ceremony.
    pub fn register(&mut self) -> Reply {
        let options = self.client.get("/api/webauthn/register/start").expect(200).json;
        let response = self.authenticator.create(self.client.origin(), &options);
        self.client.post("/api/webauthn/register/finish", &response)
    }

    /// Runs an authentication ceremony in `client`.
    pub fn sign_in(&mut self, client: &Client) -> Reply {
        let response = self.assertion(client);
        client.post("/api/webauthn/login/finish", &response)
    }

    /// Asserts their passkey in the session of `client`.
    pub fn reauthenticate(&mut self, client: &Client) -> Reply {
        let response = self.assertion(client);
        client.post("/api/webauthn/reauthenticate", &response)
    }

    /// Begins an authentication ceremony in `client` and answers it.
    ///
    /// # Panics
    /// When they have no passkey.
    pub fn assertion(&mut self, client: &Client) -> Value {
        let options = client.get("/api/webauthn/login/start").expect(200).json;
        self.authenticator.get(client.origin(), &options).expect("a discoverable credential")
    }

    /// Makes an API key in their session and gives a client that has nothing else.
    pub fn api_key(&self, name: &str) -> (Value, Client) {
        let body = json!({ "name": name, "expiresAt": "2099-12-31T00:00:00Z" });
        let made = self.client.post("/api/api-keys", &body).expect(201).json;
        let token = made["token"].as_str().expect("a token");
        let client = Client::new(self.client.origin(), &address()).with_header("x-api-key", token);
        (made["apiKey"].clone(), client)
    }
}

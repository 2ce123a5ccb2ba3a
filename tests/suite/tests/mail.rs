//! The dispatcher against a mail server that misbehaves as it is told. Natively: the clock is put
//! forward and the outbox filled directly.

#![expect(clippy::expect_used, clippy::panic, reason = "a test that cannot go on must fail loudly")]

#[path = "mail/addresses.rs"]
mod addresses;
#[path = "mail/again.rs"]
mod again;
#[path = "mail/asking.rs"]
mod asking;
#[path = "mail/backlog.rs"]
mod backlog;
#[path = "mail/codes.rs"]
mod codes;
#[path = "mail/faults.rs"]
mod faults;
#[path = "mail/killed.rs"]
mod killed;
#[path = "mail/links.rs"]
mod links;
#[path = "mail/notices.rs"]
mod notices;
#[path = "mail/sending.rs"]
mod sending;
#[path = "mail/stored.rs"]
mod stored;
#[path = "mail/test_email.rs"]
mod test_email;
#[path = "mail/transports.rs"]
mod transports;
#[path = "mail/trouble.rs"]
mod trouble;
#[path = "mail/unconfirmed.rs"]
mod unconfirmed;

use std::sync::Arc;

use platform::native::{NativeDatabase, SystemEntropy};
use platform::{Clock, Database, Entropy as _, Outcome, Statement, Value as Cell};
use postern_suite::mail_server::MailServer;
use postern_suite::{
    Client, Deployment, FaultyDatabase, MovableClock, NativeServer, Reply, SCHEDULE_KEY,
    SETUP_TOKEN, database,
};
use serde_json::{Map, Value, json};
use store::Batch as _;
use store::outbox::{Kind, NewMail, Queue};
use uuid::Uuid;

/// A deployment with an outbox that tests can reach into.
struct Mailing {
    database: Arc<NativeDatabase>,
    faulty: Arc<FaultyDatabase>,
    clock: Arc<MovableClock>,
    deployment: Deployment,
    /// The administrator by an API key, which outlives the clock's leaps.
    admin: Client,
}

fn mailing() -> Mailing {
    mailing_on(|database, clock| NativeServer::start_at(database, "off", clock))
}

fn mailing_on(start: impl Fn(Arc<dyn Database>, Arc<dyn Clock>) -> NativeServer) -> Mailing {
    let database = Arc::new(database());
    let faulty = Arc::new(FaultyDatabase::new(Arc::clone(&database) as _));
    let clock = Arc::new(MovableClock::default());
    let server = start(Arc::clone(&faulty) as _, Arc::clone(&clock) as _);
    let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
    let (_, admin) = deployment.admin.api_key("tests");
    Mailing { database, faulty, clock, deployment, admin }
}

/// One that sends by a server, in clear and without a password.
fn mailing_by(server: &MailServer) -> Mailing {
    let mailing = mailing();
    mailing.send_by(server);
    mailing
}

impl Mailing {
    fn send_by(&self, server: &MailServer) {
        self.configure(&json!({
            "smtpHost": "localhost", "smtpPort": server.port.to_string(),
            "smtpFrom": "postern@example.com", "appName": "Acme",
        }));
    }

    fn configure(&self, settings: &Value) {
        let path = "/api/application-configuration";
        let _ = self.admin.put(path, settings).expect(200);
    }

    /// Queues a notice to a user and gives its identifier.
    fn queue(&self, user: &Value) -> String {
        let data = json!({ "device": "Firefox on Linux", "address": "203.0.113.7" });
        self.queue_as(user, Kind::NewSignIn, &data, None)
    }

    fn queue_as(&self, user: &Value, kind: Kind, data: &Value, ttl_ms: Option<i64>) -> String {
        let at = domain::Timestamp::from_ms(self.clock.now_ms());
        let mut bytes = [0; 16];
        SystemEntropy.fill(&mut bytes).expect("random bytes");
        let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
        let data: Map<String, Value> = data.as_object().cloned().unwrap_or_default();
        let expires_at = ttl_ms.map(|ttl| at.plus_ms(ttl));
        let mail = NewMail { id, kind, data, at, expires_at };
        let user = user["id"].as_str().and_then(|id| Uuid::try_parse(id).ok()).expect("an id");
        let queue = Queue { mail, user };
        let outcomes = block_on(store::trip(self.database.as_ref(), queue.statements()));
        let queued = queue.read(&mut outcomes.expect("the database answers"));
        assert!(queued.expect("the outbox takes it"));
        id.to_string()
    }

    /// A new user and a notice to them: the user and the mail's identifier.
    fn notice(&self) -> (Value, String) {
        let user = self.deployment.new_user();
        let mail = self.queue(&user);
        (user, mail)
    }

    fn dispatcher(&self) -> Client {
        let bearer = format!("Bearer {SCHEDULE_KEY}");
        self.deployment.client().with_header("authorization", &bearer)
    }

    /// Lets the dispatcher run once.
    fn dispatch(&self) -> Value {
        self.try_to_dispatch().expect(200).json
    }

    fn try_to_dispatch(&self) -> Reply {
        self.dispatcher().post_empty("/api/scheduled/email")
    }

    /// Puts the clock forward past every claim and every wait, and lets the dispatcher run.
    fn dispatch_later(&self) -> Value {
        self.clock.forward_seconds(2 * 60 * 60);
        self.dispatch()
    }

    /// The mails of a user, newest first.
    fn mails(&self, user: &Value) -> Vec<Value> {
        let path = format!("/api/users/{}/emails", user["id"].as_str().expect("an id"));
        let reply = self.admin.get(&path).expect(200);
        reply.json["data"].as_array().expect("a list").clone()
    }

    /// The only mail of a user.
    fn mail(&self, user: &Value) -> Value {
        let mails = self.mails(user);
        assert_eq!(mails.len(), 1);
        mails[0].clone()
    }

    fn entries(&self, event: &str) -> Vec<Value> {
        let path = format!("/api/audit-logs/all?filters[event]={event}");
        let reply = self.admin.get(&path).expect(200);
        reply.json["data"].as_array().expect("a list").clone()
    }

    fn number(&self, sql: &'static str) -> i64 {
        let outcomes = block_on(self.database.batch(vec![Statement::new(sql, [])]));
        let rows = outcomes.expect("a figure").pop().map(|Outcome { rows, .. }| rows);
        match rows.and_then(|rows| rows.into_iter().flatten().next()) {
            Some(Cell::Integer(number)) => number,
            other => panic!("no figure: {other:?}"),
        }
    }
}

/// The native database never waits for anything.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(output) => output,
        std::task::Poll::Pending => panic!("the native database answers at once"),
    }
}

/// One that mails whatever can be mailed.
fn mailing_everything(server: &MailServer) -> Mailing {
    let mailing = mailing_by(server);
    mailing.configure(&json!({
        "emailOneTimeAccessAsUnauthenticatedEnabled": "true",
        "emailOneTimeAccessAsAdminEnabled": "true",
        "emailVerificationEnabled": "true",
        "emailLoginNotificationEnabled": "true",
        "emailApiKeyExpirationEnabled": "true",
    }));
    mailing
}

/// What follows `mark` in a mail, up to what no token and no code has in it.
fn after(text: &str, mark: &str) -> String {
    let text = text.replace("=\r\n", "").replace("=3D", "=");
    let (_, rest) = text.split_once(mark).unwrap_or_else(|| panic!("no {mark}: {text}"));
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

fn id_of(user: &Value) -> &str {
    user["id"].as_str().expect("an id")
}

fn email_of(user: &Value) -> &str {
    user["email"].as_str().expect("an address")
}

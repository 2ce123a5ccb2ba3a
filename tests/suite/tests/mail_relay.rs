//! Mail by the relay, over the HTTP of whatever runtime answers. What the dispatcher makes of each answer
//! is tested natively (`tests/mail/transports.rs`).

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

use std::sync::Arc;
use std::time::Duration;

use postern_suite::mail_relay::MailRelay;
use postern_suite::mail_server::{Behaviour, MailServer};
use postern_suite::{Deployment, MovableClock, NativeServer, SETUP_TOKEN, database};
use serde_json::json;

const TEST: &str = "/api/application-configuration/test-email";

/// The deployment that `POSTERN_URL` names, with a relay where it looks for one; else one of this
/// process. The relay stands before `server`.
fn deployment(server: &MailServer) -> (Deployment, MailRelay) {
    let variable = |name| std::env::var(name).ok();
    let Some(url) = variable("POSTERN_URL") else {
        let relay = MailRelay::beside(server.port, &[]);
        let clock = Arc::new(MovableClock::default());
        let native = NativeServer::start_relayed(Arc::new(database()), clock, &relay.url);
        return (Deployment::set_up(&native.base_url, SETUP_TOKEN), relay);
    };
    let expected = variable("POSTERN_MAIL_RELAY_URL").expect("where the relay is looked for");
    let secret = variable("POSTERN_MAIL_RELAY_SECRET").expect("its secret");
    let listen = [("LISTEN", expected.trim_start_matches("http://")), ("SECRET", secret.as_str())];
    let relay = MailRelay::beside(server.port, &listen);
    let token = variable("POSTERN_SETUP_TOKEN").unwrap_or_default();
    (Deployment::set_up(&url, &token), relay)
}

#[test]
fn mail_goes_by_the_relay_and_its_answers_come_back() {
    let server = MailServer::start(Behaviour::Obliging);
    let (deployment, relay) = deployment(&server);
    let admin = &deployment.admin.client;
    let settings = json!({ "smtpFrom": "postern@example.com" });
    let _ = admin.put("/api/application-configuration", &settings).expect(200);
    let _ = admin.post_empty(TEST).expect(204);
    let address = deployment.admin.user["email"].as_str().expect("an address");
    assert_eq!(server.taken_for(address).len(), 1);

    server.behave(Behaviour::Refusing);
    let refused = admin.post_empty(TEST).expect(409).json;
    assert_eq!(refused["details"]["stage"], "recipient", "{refused}");
    assert_eq!(refused["details"]["reply"], "550 5.1.1 No such mailbox here");

    // Somebody waits for it: no answer is one as well, in time. Natively the port's tests wait.
    if std::env::var("POSTERN_URL").is_ok() {
        server.behave(Behaviour::Slow(40_000));
        let late = admin.post_empty(TEST).expect(409).json;
        assert_eq!(late["details"]["stage"], "relay", "{late}");
        assert_eq!(late["details"]["reply"], "the mail relay: no answer in time");
    }

    drop(relay);
    std::thread::sleep(Duration::from_millis(100));
    let away = admin.post_empty(TEST).expect(409).json;
    assert_eq!(away["details"]["stage"], "relay", "{away}");
}

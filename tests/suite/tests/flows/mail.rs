//! Mail over the sockets of whatever runtime answers: the mail server is this process, on the
//! loopback address. What a dispatcher does with each misbehaviour is tested natively (`tests/mail`).

use std::sync::MutexGuard;
use std::time::Duration;

use directory::free_port;
use postern_suite::mail_server::{Behaviour, MailServer, USER};
use postern_suite::{Deployment, Person, Reply};
use serde_json::{Value, json};

use super::administration::administrator;
use super::administration::configuration::alone;

const SETTINGS: &str = "/api/application-configuration";
const TEST: &str = "/api/application-configuration/test-email";

/// The only configuration, set to one mail server until this value goes.
struct Mailing {
    admin: Person,
    _alone: MutexGuard<'static, ()>,
}

impl Mailing {
    /// In clear and without a password. By address, because Spin looks up no names.
    fn by(server: &MailServer) -> Self {
        let alone = alone();
        let mailing = Self { admin: administrator(Deployment::shared()), _alone: alone };
        mailing.configure(&json!({
            "smtpHost": "127.0.0.1", "smtpPort": server.port.to_string(),
            "smtpFrom": "postern@example.com", "smtpTls": "none",
        }));
        mailing
    }

    /// What the outbox says of a user's newest mail.
    fn newest(&self, user: &Value) -> Value {
        let path = format!("/api/users/{}/emails", user["id"].as_str().expect("an id"));
        self.admin.client.get(&path).expect(200).json["data"][0].clone()
    }

    fn configure(&self, settings: &Value) {
        let _ = self.admin.client.put(SETTINGS, settings).expect(200);
    }

    fn test(&self) -> Reply {
        self.admin.client.post_empty(TEST)
    }

    fn address(&self) -> &str {
        self.admin.user["email"].as_str().expect("an address")
    }

    /// How far a test mail comes that must fail, and what is said of it.
    fn failure(&self) -> (String, String) {
        let reply = self.test().expect(409);
        assert_eq!(reply.code(), "email_not_sent");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        (text(&reply.json["details"]["stage"]), text(&reply.json["details"]["reply"]))
    }
}

impl Drop for Mailing {
    fn drop(&mut self) {
        let unset = json!({
            "smtpHost": "", "smtpPort": "", "smtpFrom": "", "smtpTls": "", "smtpUser": "",
            "smtpPassword": "", "emailOneTimeAccessAsAdminEnabled": "",
        });
        // A test that fails must not keep the next from starting.
        let _ = self.admin.client.put(SETTINGS, &unset);
    }
}

#[test]
fn a_test_mail_arrives_with_the_stored_password() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = Mailing::by(&server);
    mailing.configure(&json!({ "smtpUser": USER.0, "smtpPassword": USER.1 }));
    assert!(mailing.test().expect(204).text.is_empty());
    let taken = server.taken_for(mailing.address());
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].user.as_deref(), Some(USER.0));
    assert_eq!((taken[0].from.as_str(), taken[0].encrypted), ("postern@example.com", false));
    assert!(taken[0].text.contains("Subject: "), "{}", taken[0].text);
}

#[test]
fn a_server_that_speaks_byte_by_byte_is_understood() {
    let server = MailServer::start(Behaviour::ByteByByte);
    let mailing = Mailing::by(&server);
    let _ = mailing.test().expect(204);
    assert_eq!(server.taken_for(mailing.address()).len(), 1);
}

#[test]
fn a_failure_names_its_stage_and_says_the_servers_words() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = Mailing::by(&server);
    mailing.configure(&json!({ "smtpUser": USER.0, "smtpPassword": USER.1 }));
    for (behaviour, stage, words) in [
        (Behaviour::Later, "greeting", "Come later"),
        (Behaviour::NotSmtp, "greeting", "does not speak SMTP"),
        (Behaviour::WrongPassword, "authentication", "not accepted"),
        (Behaviour::RefusingSender, "sender", "may not send"),
        (Behaviour::Refusing, "recipient", "No such mailbox"),
        (Behaviour::BusyFor(1_000), "recipient", "Try again"),
        (Behaviour::DroppingText, "message", ""),
        (Behaviour::TakingSilently, "message", "before the server confirmed"),
        (Behaviour::Small, "message", "1000 bytes"),
    ] {
        server.behave(behaviour);
        let (came_to, said) = mailing.failure();
        assert_eq!(came_to, stage, "{behaviour:?}: {said}");
        assert!(!said.is_empty() && said.contains(words), "{behaviour:?}: {said}");
    }
}

#[test]
fn a_port_where_nobody_listens_is_told_from_a_server_that_says_nothing() {
    let server = MailServer::start(Behaviour::Silent);
    let mailing = Mailing::by(&server);
    let (stage, said) = mailing.failure();
    assert_eq!(stage, "greeting", "{said}");
    mailing.configure(&json!({ "smtpPort": free_port().to_string() }));
    let (stage, said) = mailing.failure();
    assert_eq!(stage, "connect", "{said}");
}

/// Spin brings no TLS and says so before it connects; elsewhere the handshake is tried.
#[test]
fn without_the_tls_that_was_asked_for_nothing_is_sent() {
    for (tls, server) in [
        ("starttls", MailServer::start(Behaviour::WrongName)),
        ("starttls", MailServer::start(Behaviour::Stripped)),
        ("tls", MailServer::start_tls(Behaviour::WrongName)),
    ] {
        let mailing = Mailing::by(&server);
        mailing.configure(&json!({ "smtpTls": tls }));
        let (stage, said) = mailing.failure();
        assert!(matches!(stage.as_str(), "tls" | "connect"), "{tls}: {stage}: {said}");
        assert!(said.contains("TLS") || said.contains("certificate"), "{tls}: {said}");
        assert!(server.taken().is_empty(), "{tls}");
    }
}

/// Looks until there is something; half a minute is half of what the schedule may take.
fn soon<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let found = (0..300).find_map(|_| {
        let found = look();
        if found.is_none() {
            std::thread::sleep(Duration::from_millis(100));
        }
        found
    });
    found.expect("something came of it within half a minute")
}

#[test]
fn what_a_request_queues_leaves_at_once_without_the_schedule() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = Mailing::by(&server);
    mailing.configure(&json!({ "emailOneTimeAccessAsAdminEnabled": "true" }));
    let user = Deployment::shared().new_user();
    let address = user["email"].as_str().expect("an address");
    let id = user["id"].as_str().expect("an id");
    let path = format!("/api/users/{id}/one-time-access-email");
    let _ = mailing.admin.client.post(&path, &json!({})).expect(204);
    let mail = soon(|| server.taken_for(address).pop());
    let sent = soon(|| Some(mailing.newest(&user)).filter(|mail| mail["state"] == "sent"));
    let sent_id = sent["id"].as_str().expect("an id");
    assert!(mail.message_id.starts_with(sent_id), "{} {sent}", mail.message_id);
    assert_eq!((&sent["attempts"], &sent["to"]), (&json!(1), &json!(address)));

    let _ = mailing
        .admin
        .client
        .post_empty(&format!("/api/users/{id}/emails/{sent_id}/resend"))
        .expect(204);
    let again = soon(|| server.taken_for(address).into_iter().nth(1));
    assert_ne!(again.message_id, mail.message_id);
    let token = token_in(&again.text);
    let path = format!("/api/one-time-access-token/{token}");
    let redeemed = Deployment::shared().client().post_empty(&path).expect(200);
    assert_eq!(redeemed.json["id"], user["id"]);
}

/// The token of the only link in a mail, whose long lines are folded.
fn token_in(text: &str) -> String {
    let text = text.replace("=\r\n", "");
    let (_, rest) = text.split_once("/lc/").expect("a link");
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[test]
fn the_dispatcher_is_started_by_nobody_from_outside_without_the_key() {
    let anybody = Deployment::shared().client();
    // Where there is no key there is no such route either.
    let status = anybody.post_empty("/api/scheduled/email").status;
    assert!(matches!(status, 401 | 404), "{status}");
    let reply = anybody.post_empty("/internal/dispatch");
    assert!(!reply.text.contains("postponed"), "{}", reply.text);
    assert!(reply.status >= 400, "{}", reply.status);
}

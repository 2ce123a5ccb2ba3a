//! The mail relay by itself, against whoever means it ill and whatever breaks. What the dispatcher makes
//! of it is in `tests/mail/transports.rs`.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

mod attacks;
mod once;

use mail_relay_client::{Outcome, Submission};
use platform::Entropy as _;
use platform::native::SystemEntropy;
use postern_suite::mail_relay::MailRelay;
use postern_suite::mail_server::{Behaviour, MailServer};
use uuid::Uuid;

/// A mail like the dispatcher's.
fn mail() -> Submission {
    let mut bytes = [0; 16];
    SystemEntropy.fill(&mut bytes).expect("random bytes");
    let id = uuid::Builder::from_random_bytes(bytes).into_uuid();
    Submission {
        id,
        from: "postern@example.com".to_owned(),
        to: "ada@example.com".to_owned(),
        message: message(id, "Welcome\r\n.\r\n..\r\n"),
    }
}

fn message(id: Uuid, body: &str) -> String {
    format!(
        "From: \"Acme\" <postern@example.com>\r\nTo: <ada@example.com>\r\nSubject: Hello\r\n\
         Date: Sat, 28 Nov 2026 13:00:00 +0000\r\nMessage-ID: <{id}@example.com>\r\n\r\n{body}"
    )
}

#[test]
fn a_mail_arrives_as_it_was_handed_over_with_the_servers_words() {
    let server = MailServer::start(Behaviour::Obliging);
    let relay = MailRelay::beside(server.port, &[]);
    let mail = mail();
    let (status, answer) = relay.hand_over(&mail);
    assert_eq!((status, answer.outcome), (200, Outcome::Delivered), "{answer:?}");
    assert_eq!(answer.reply, "250 2.0.0 Taken as 1");
    let taken = server.taken();
    assert_eq!((&taken[0].from, &taken[0].to), (&mail.from, &mail.to));
    assert_eq!(taken[0].text, mail.message, "with its dots, and no line more");
}

#[test]
fn it_says_that_it_is_well_to_anybody() {
    let server = MailServer::start(Behaviour::Obliging);
    let relay = MailRelay::beside(server.port, &[]);
    let health = ureq::get(format!("{}/healthz", relay.url)).call().expect("an answer");
    assert_eq!(health.status().as_u16(), 200);
}

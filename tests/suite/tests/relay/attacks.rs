//! Who does not know the secret, and who does and should not.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use mail_relay_client::{LONGEST_MESSAGE, MESSAGES_PATH, Outcome, Stage, Submission};
use postern_suite::mail_relay::{MailRelay, SECRET};
use postern_suite::mail_server::{Behaviour, MailServer};

use super::{mail, message};

struct Attacked {
    server: MailServer,
    relay: MailRelay,
}

impl Attacked {
    fn new() -> Self {
        let server = MailServer::start(Behaviour::Obliging);
        let relay = MailRelay::beside(server.port, &[]);
        Self { server, relay }
    }

    /// What is answered to a request that announces so many bytes and sends none.
    fn announced(&self, bytes: usize) -> String {
        let address = self.relay.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("the relay listens");
        let head = format!(
            "POST {MESSAGES_PATH} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {SECRET}\r\n\
             Content-Length: {bytes}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).expect("the relay listens");
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).expect("an answer");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// The status and outcome of a mail that must not go.
    fn refused(&self, submission: &Submission) -> (u16, Outcome, Stage) {
        let (status, answer) = self.relay.hand_over(submission);
        assert!(self.server.taken().is_empty(), "it was sent: {submission:?}");
        assert!(answer.reply.is_ascii() && !answer.reply.contains(SECRET), "{answer:?}");
        (status, answer.outcome, answer.stage)
    }
}

#[test]
fn who_does_not_know_the_secret_sends_nothing_whatever_is_asked() {
    let attacked = Attacked::new();
    let body = serde_json::to_string(&mail()).expect("JSON");
    let longer = format!("{SECRET}x");
    for secret in [None, Some(""), Some("wrong"), Some(&SECRET[1..]), Some(longer.as_str())] {
        for body in [body.clone(), "not JSON".to_owned(), String::new()] {
            let (status, text) = attacked.relay.ask(secret, body);
            assert_eq!(status, 401, "{secret:?}");
            assert!(text.contains("does not know this secret"), "{text}");
        }
    }
    assert!(attacked.server.taken().is_empty());
    assert_eq!(attacked.server.connections(), 0);
}

#[test]
fn what_is_too_large_is_refused_for_good() {
    let attacked = Attacked::new();
    let line = format!("{}\r\n", "x".repeat(70));
    let mut large = mail();
    large.message = message(large.id, &line.repeat(LONGEST_MESSAGE / line.len() + 1));
    assert_eq!(attacked.refused(&large), (413, Outcome::Refused, Stage::Message));
    assert!(attacked.announced(usize::MAX / 2).starts_with("HTTP/1.1 413"), "before it is read");
}

#[test]
fn no_address_leaves_its_command() {
    let attacked = Attacked::new();
    for address in [
        "ada@example.com>\r\nRCPT TO:<eve@example.com",
        "ada@example.com> NOTIFY=SUCCESS",
        "ada@example.com\r\nDATA\r\n",
        "ada@example.com, eve@example.com",
        "",
    ] {
        let to = Submission { to: address.to_owned(), ..mail() };
        assert_eq!(attacked.refused(&to), (422, Outcome::Refused, Stage::Recipient), "{address}");
        let from = Submission { from: address.to_owned(), ..mail() };
        assert_eq!(attacked.refused(&from), (422, Outcome::Refused, Stage::Sender), "{address}");
    }
    assert_eq!(attacked.server.connections(), 0);
}

#[test]
fn no_header_is_slipped_in_and_no_second_mail() {
    let attacked = Attacked::new();
    let second = "\r\nMAIL FROM:<postern@example.com>\r\nRCPT TO:<eve@example.com>\r\nDATA\r\n";
    for (what, with) in [
        ("Subject: Hello", "Subject: Hello\r\nBcc: eve@example.com".to_owned()),
        ("Subject: Hello", "Subject: Hello\r\nFrom: ceo@example.com".to_owned()),
        ("Subject: Hello", "Subject: Hello\nBcc: eve@example.com".to_owned()),
        ("Subject: Hello", "Subject: Hello\rBcc: eve@example.com".to_owned()),
        ("Welcome", format!("Welcome\n.{second}")),
        ("Welcome", format!("Welcome\r.{second}")),
        ("Welcome", format!("Welcome\n.\n{}", second.replace('\r', ""))),
        ("Welcome", "Wel\0come".to_owned()),
        ("\"Acme\" <postern@example.com>", "ceo@example.com".to_owned()),
    ] {
        let mail = mail();
        let changed = Submission { message: mail.message.replace(what, &with), ..mail };
        let expected = (422, Outcome::Refused, Stage::Message);
        assert_eq!(attacked.refused(&changed), expected, "{with:?}");
    }
}

#[test]
fn a_sender_that_is_not_listed_is_not_sent_for_and_no_mail_is_lost_by_it() {
    let attacked = Attacked::new();
    for from in ["ceo@example.com", "postern@example.org", "postern@sub.example.com"] {
        let other = Submission { from: from.to_owned(), ..mail() };
        assert_eq!(attacked.refused(&other), (403, Outcome::Unreachable, Stage::Relay), "{from}");
    }
}

#[test]
fn what_is_no_submission_is_told_from_one() {
    let attacked = Attacked::new();
    let good = serde_json::to_string(&mail()).expect("JSON");
    let two = good.replace("\"to\":", "\"to\":[\"eve@example.com\"],\"cc\":");
    for body in [String::new(), "{}".to_owned(), "[]".to_owned(), two, format!("{good}{good}")] {
        assert_eq!(attacked.relay.ask(Some(SECRET), body.clone()).0, 400, "{body}");
    }
    let elsewhere = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
    for path in ["/", "/v1/messages/", "/v1/messages", "/metrics", "/v1/../healthz"] {
        let reply = elsewhere.get(format!("{}{path}", attacked.relay.url)).call();
        assert_eq!(reply.expect("an answer").status().as_u16(), 404, "{path}");
    }
}

#[test]
fn a_mail_that_is_replayed_is_not_sent_again_and_its_id_serves_nobody_else() {
    let attacked = Attacked::new();
    let mail = mail();
    let first = attacked.relay.hand_over(&mail);
    for _ in 0..5 {
        assert_eq!(attacked.relay.hand_over(&mail), first);
    }
    let other = Submission { to: "eve@example.com".to_owned(), ..mail };
    let (status, answer) = attacked.relay.hand_over(&other);
    assert_eq!((status, answer.outcome), (409, Outcome::Refused));
    assert_eq!(attacked.server.taken().len(), 1);
}

#[test]
fn the_records_hold_neither_text_nor_addresses_and_the_log_no_addresses() {
    let attacked = Attacked::new();
    let mail = mail();
    let _ = attacked.relay.hand_over(&mail);
    let records = attacked.relay.records();
    assert!(holds(&records, &mail.id.to_string()));
    for word in ["Welcome", "Hello", "ada@", "postern@", SECRET] {
        assert!(!holds(&records, word), "{word}");
        assert!(!attacked.relay.log().contains(word), "{word}");
    }
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|part| part == word.as_bytes())
}

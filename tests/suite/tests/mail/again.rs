//! What a mail that is sent again says of when.

use postern_suite::mail_server::{Behaviour, MailServer};
use serde_json::json;

use super::{Mailing, id_of, mailing_everything};

impl Mailing {
    fn send_again(&self, user: &serde_json::Value) {
        let mails = self.mails(user);
        let id = mails[0]["id"].as_str().expect("an id");
        let path = format!("/api/users/{}/emails/{id}/resend", id_of(user));
        let _ = self.admin.post_empty(&path).expect(204);
        assert_eq!(self.dispatch()["sent"], 1);
    }
}

/// The lines of a mail's plain text that tell a moment or a time.
fn times(text: &str) -> Vec<String> {
    let text = text.replace("=\r\n", "").replace("=3D", "=");
    let plain = text.split("text/html").next().unwrap_or_default();
    let body = plain.split_once("\r\n\r\n").expect("a body").1;
    let tells = |line: &&str| line.contains("UTC") || line.contains(" once, for ");
    body.lines().filter(tells).map(str::to_owned).collect()
}

#[test]
fn a_mail_that_is_sent_again_tells_the_moment_of_what_it_is_about() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let _ = mailing.queue(&user);
    assert_eq!(mailing.dispatch()["sent"], 1);
    for _ in 0..2 {
        mailing.clock.forward_seconds(3 * 60 * 60);
        mailing.send_again(&user);
    }
    let path = format!("/api/users/{}/one-time-access-email", id_of(&user));
    let _ = mailing.admin.post(&path, &json!({ "ttl": "24h" })).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    mailing.clock.forward_seconds(3 * 60 * 60);
    mailing.send_again(&user);
    let told: Vec<_> = server.taken().iter().map(|mail| times(&mail.text)).collect();
    assert_eq!(told.len(), 5);
    assert!(!told[0].is_empty() && told[3].len() > 1, "{told:?}");
    assert!(told[0] == told[1] && told[1] == told[2] && told[3] == told[4], "{told:?}");
}

#[test]
fn a_link_for_seconds_says_seconds() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let path = format!("/api/users/{}/one-time-access-email", id_of(&user));
    let _ = mailing.admin.post(&path, &json!({ "ttl": 45 })).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let text = &server.taken()[0].text;
    assert!(text.contains("for 45 seconds"), "{text}");
}

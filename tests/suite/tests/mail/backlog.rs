//! More mail than a run may send: 15.

use postern_suite::NativeServer;
use postern_suite::mail_server::{Behaviour, MailServer};
use serde_json::{Value, json};
use store::outbox::Kind;

use super::{Mailing, email_of, mailing_on};

fn mailing(server: &MailServer) -> Mailing {
    let mailing = mailing_on(NativeServer::start_with_little_mail);
    mailing.send_by(server);
    mailing
}

impl Mailing {
    /// Queues a link that works for a quarter of an hour.
    fn link(&self, user: &Value) -> String {
        let data = json!({ "linkId": "00000000-0000-4000-8000-00000000f00d", "admin": "Ada" });
        self.queue_as(user, Kind::OneTimeAccessByAdmin, &data, Some(900_000))
    }
}

#[test]
fn a_link_to_sign_in_does_not_wait_behind_a_backlog() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing(&server);
    let (crowd, user) = (mailing.deployment.new_user(), mailing.deployment.new_user());
    for _ in 0..300 {
        let _ = mailing.queue(&crowd);
    }
    let _ = mailing.link(&user);
    assert_eq!(mailing.dispatch()["sent"], 15);
    assert_eq!(server.taken()[0].to, email_of(&user));
}

#[test]
fn links_to_sign_in_leave_room_for_what_has_waited_for_longest() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing(&server);
    let (crowd, user) = (mailing.deployment.new_user(), mailing.deployment.new_user());
    for _ in 0..20 {
        let _ = mailing.queue(&user);
        let _ = mailing.link(&crowd);
    }
    assert_eq!(mailing.dispatch()["sent"], 15);
    assert!(server.taken_for(email_of(&user)).len() >= 3);
    for _ in 0..2 {
        let _ = mailing.dispatch();
    }
    assert_eq!(server.copies().len(), 40, "nothing is left over by the shares");
}

#[test]
fn links_alone_have_the_whole_run_and_one_that_is_over_takes_nobodys_place() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing(&server);
    let user = mailing.deployment.new_user();
    for _ in 0..15 {
        let _ = mailing.link(&user);
    }
    mailing.clock.forward_seconds(901);
    for _ in 0..14 {
        let _ = mailing.link(&user);
    }
    let tally = mailing.dispatch();
    assert!(tally["sent"].as_u64() >= Some(12), "{tally}");
    assert_eq!(mailing.dispatch()["sent"].as_u64(), tally["sent"].as_u64().map(|sent| 14 - sent));
}

#[test]
fn a_mail_that_was_never_tried_is_not_given_up() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing(&server);
    let (user, _) = mailing.notice();
    mailing.clock.forward_seconds(25 * 60 * 60);
    assert_eq!(mailing.dispatch(), json!({ "sent": 1, "ended": 0, "postponed": 0 }));
    let _ = mailing.queue(&user);
    mailing.clock.forward_seconds(25 * 60 * 60);
    server.behave(Behaviour::Later);
    assert_eq!(mailing.dispatch()["postponed"], 1);
    assert_eq!(mailing.dispatch()["ended"], 1, "tried once, it is");
    let mails = mailing.mails(&user);
    assert_eq!((&mails[0]["state"], &mails[1]["state"]), (&json!("given_up"), &json!("sent")));
}

#[test]
fn notices_about_keys_take_half_of_a_run() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing(&server);
    mailing.configure(&json!({ "emailApiKeyExpirationEnabled": "true" }));
    let person = mailing.deployment.newcomer();
    for number in 0..25 {
        let _ = person.api_key(&format!("Key {number}"));
    }
    let soon = "UPDATE api_keys SET created_at = 0, expires_at = unixepoch() * 1000 + 500000000 \
        WHERE name LIKE 'Key %'";
    mailing.database.migrate(soon).expect("they end soon");
    for _ in 0..8 {
        let _ = mailing.queue(&person.user);
    }
    assert_eq!(mailing.dispatch()["sent"], 15);
    let left = "SELECT count(*) FROM outbox WHERE user_id > '' AND state = 'queued'";
    assert_eq!(mailing.number(left), 0);
}

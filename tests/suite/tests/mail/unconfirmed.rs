//! Between the final dot and the server's answer nobody knows who has the mail: we go there only with
//! the time to wait for the answer, and not for ever.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use postern_suite::NativeServer;
use postern_suite::mail_server::{Behaviour, MailServer};
use serde_json::{Value, json};

use super::{Mailing, id_of, mailing_by, mailing_on};

fn reply(mail: &Value) -> &str {
    mail["reply"].as_str().unwrap_or_default()
}

/// Puts the clock forward while the server is asked about its first recipient.
fn forward_in_the_dialogue(mailing: &Mailing, server: &MailServer, seconds: i64) {
    let (clock, server) = (Arc::clone(&mailing.clock), server.clone());
    thread::spawn(move || {
        while server.connections() == 0 {
            thread::sleep(Duration::from_millis(5));
        }
        clock.forward_seconds(seconds);
    });
}

#[test]
fn a_mail_that_no_answer_confirms_goes_out_three_times_at_most() {
    let server = MailServer::start(Behaviour::TakingSilently);
    let mailing = mailing_by(&server);
    let (user, id) = mailing.notice();
    for _ in 0..5 {
        let _ = mailing.dispatch_later();
    }
    assert_eq!(server.copies().into_values().collect::<Vec<_>>(), [3]);
    let mail = mailing.mail(&user);
    assert_eq!((&mail["state"], &mail["attempts"]), (&json!("given_up"), &json!(3)));
    assert!(reply(&mail).contains("may have arrived"), "{mail}");
    assert!(reply(&mail).contains("before the server confirmed"), "{mail}");
    assert_eq!(mailing.entries("EMAIL_NOT_SENT")[0]["data"]["state"], "given_up");
    server.behave(Behaviour::Obliging);
    let again = format!("/api/users/{}/emails/{id}/resend", id_of(&user));
    let _ = mailing.admin.post_empty(&again).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1, "an administrator may yet insist");
}

#[test]
fn attempts_that_certainly_failed_are_not_counted_among_those() {
    let server = MailServer::start(Behaviour::TakingSilently);
    let mailing = mailing_by(&server);
    let (user, _) = mailing.notice();
    let certain = [Behaviour::BusyFor(1), Behaviour::Later, Behaviour::BusyFor(1)];
    let twice = [Behaviour::TakingSilently, Behaviour::TakingSilently];
    for behaviour in twice.into_iter().chain(certain) {
        server.behave(behaviour);
        assert_eq!(mailing.dispatch_later()["postponed"], 1, "{behaviour:?}");
        assert_eq!(mailing.mail(&user)["state"], "queued", "{behaviour:?}");
    }
    server.behave(Behaviour::Obliging);
    assert_eq!(mailing.dispatch_later()["sent"], 1);
}

#[test]
fn no_text_is_begun_that_leaves_no_time_for_the_answer() {
    let server = MailServer::start(Behaviour::Hesitant(1_000));
    let mailing = mailing_by(&server);
    let (user, _) = mailing.notice();
    forward_in_the_dialogue(&mailing, &server, 60);
    assert_eq!(mailing.dispatch()["postponed"], 1);
    assert!(server.taken().is_empty());
    assert!(reply(&mailing.mail(&user)).contains("in time"), "{}", mailing.mail(&user));
    server.behave(Behaviour::Obliging);
    assert_eq!(mailing.dispatch_later()["sent"], 1);
    assert_eq!(server.taken().len(), 1);
}

/// Workers cut a woken dispatcher off 30 s after the reply.
#[test]
fn a_wake_sends_nothing_that_it_could_not_see_through() {
    for (seconds, copies) in [(5, 1), (12, 0)] {
        let server = MailServer::start(Behaviour::Hesitant(1_000));
        let mailing =
            mailing_on(|database, clock| NativeServer::start_waking_at(database, "off", clock));
        mailing.send_by(&server);
        mailing.configure(&json!({ "emailOneTimeAccessAsAdminEnabled": "true" }));
        let user = mailing.deployment.new_user();
        let _ = mailing.queue(&user);
        forward_in_the_dialogue(&mailing, &server, seconds);
        let path = format!("/api/users/{}/one-time-access-email", id_of(&user));
        let _ = mailing.admin.post(&path, &json!({})).expect(204);
        let tried = "SELECT count(*) FROM outbox WHERE user_id > '' AND attempts = 1 \
            AND claim IS NULL";
        while mailing.number(tried) == 0 {
            thread::sleep(Duration::from_millis(20));
        }
        thread::sleep(Duration::from_millis(500));
        assert_eq!(server.taken().len().min(1), copies, "after {seconds} s");
    }
}

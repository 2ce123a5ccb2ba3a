//! What servers and the way to them do wrong: nothing is lost, nothing doubled that need not be.

use postern_suite::mail_server::{Behaviour, MailServer};
use serde_json::{Value, json};
use store::outbox::Kind;

use super::{email_of, mailing, mailing_by};

fn reply(mail: &Value) -> &str {
    mail["reply"].as_str().unwrap_or_default()
}

#[test]
fn without_settings_mail_waits_and_says_why() {
    let mailing = mailing();
    let (user, _) = mailing.notice();
    assert_eq!(mailing.dispatch()["postponed"], 1);
    let mail = mailing.mail(&user);
    assert_eq!((&mail["state"], &mail["attempts"]), (&json!("queued"), &json!(1)));
    assert!(reply(&mail).contains("not set"), "{mail}");
}

#[test]
fn a_server_that_refuses_connections_for_an_hour_gets_everything_later() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    mailing.configure(&json!({ "smtpPort": "1" }));
    let (user, _) = mailing.notice();
    let _ = mailing.queue(&user);
    for attempt in 1..8 {
        assert_eq!(mailing.dispatch()["postponed"], 2);
        let mails = mailing.mails(&user);
        assert!(mails.iter().all(|mail| mail["attempts"] == attempt), "{mails:?}");
        mailing.clock.forward_seconds(90 * 60);
    }
    mailing.configure(&json!({ "smtpPort": server.port.to_string() }));
    assert_eq!(mailing.dispatch()["sent"], 2);
    assert!(server.copies().values().all(|copies| *copies == 1));
}

#[test]
fn a_server_that_takes_nothing_for_a_day_is_given_up() {
    let server = MailServer::start(Behaviour::Later);
    let mailing = mailing_by(&server);
    let (user, _) = mailing.notice();
    let _ = mailing.dispatch();
    mailing.clock.forward_seconds(24 * 60 * 60);
    assert_eq!(mailing.dispatch()["ended"], 1);
    let mail = mailing.mail(&user);
    assert_eq!(mail["state"], "given_up");
    assert!(reply(&mail).contains("Come later"), "the last words stay: {mail}");
    assert_eq!(mailing.entries("EMAIL_NOT_SENT")[0]["data"]["state"], "given_up");
}

#[test]
fn what_speaks_of_a_link_that_is_over_is_not_sent() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    let user = mailing.deployment.new_user();
    let data = json!({ "linkId": "00000000-0000-4000-8000-00000000f00d" });
    let _ = mailing.queue_as(&user, Kind::OneTimeAccess, &data, Some(60_000));
    mailing.clock.forward_seconds(60);
    assert_eq!(mailing.dispatch()["ended"], 1);
    assert_eq!(mailing.mail(&user)["state"], "expired");
    assert!(server.taken().is_empty());
}

#[test]
fn a_450_is_tried_again_after_a_wait_and_a_550_is_final() {
    let server = MailServer::start(Behaviour::BusyFor(1));
    let mailing = mailing_by(&server);
    let (user, _) = mailing.notice();
    assert_eq!(mailing.dispatch()["postponed"], 1);
    assert_eq!(mailing.dispatch()["sent"], 0, "not at once");
    assert!(reply(&mailing.mail(&user)).contains("Try again later"));
    mailing.clock.forward_seconds(46);
    assert_eq!(mailing.dispatch()["sent"], 1);
    server.behave(Behaviour::Refusing);
    let (user, _) = mailing.notice();
    assert_eq!(mailing.dispatch()["ended"], 1);
    let mail = mailing.mail(&user);
    assert_eq!(mail["state"], "refused");
    assert!(reply(&mail).contains("No such mailbox here"), "{mail}");
    assert_eq!(mailing.dispatch_later()["sent"], 0);
}

#[test]
fn a_refused_mail_does_not_hold_up_those_behind_it() {
    let server = MailServer::start(Behaviour::BusyFor(1));
    let mailing = mailing_by(&server);
    let user = mailing.deployment.new_user();
    for _ in 0..3 {
        let _ = mailing.queue(&user);
    }
    assert_eq!(mailing.dispatch(), json!({ "sent": 2, "ended": 0, "postponed": 1 }));
    assert_eq!(server.connections(), 1);
}

#[test]
fn a_connection_that_drops_before_the_server_has_the_mail_doubles_nothing() {
    for behaviour in [Behaviour::DroppingText, Behaviour::DroppingAtDot] {
        let server = MailServer::start(behaviour);
        let mailing = mailing_by(&server);
        let (user, _) = mailing.notice();
        assert_eq!(mailing.dispatch()["postponed"], 1, "{behaviour:?}");
        assert_eq!(mailing.mail(&user)["state"], "queued", "{behaviour:?}");
        server.behave(Behaviour::Obliging);
        assert_eq!(mailing.dispatch_later()["sent"], 1, "{behaviour:?}");
        assert_eq!(server.taken_for(email_of(&user)).len(), 1, "{behaviour:?}");
    }
}

#[test]
fn a_connection_that_drops_after_the_dot_may_double_and_keeps_the_message_id() {
    let server = MailServer::start(Behaviour::TakingSilently);
    let mailing = mailing_by(&server);
    let (user, _) = mailing.notice();
    assert_eq!(mailing.dispatch()["postponed"], 1);
    assert!(reply(&mailing.mail(&user)).contains("before the server confirmed"));
    server.behave(Behaviour::Obliging);
    assert_eq!(mailing.dispatch_later()["sent"], 1);
    let copies: Vec<_> = server.copies().into_values().collect();
    assert_eq!(copies, [2], "one Message-ID, twice");
}

#[test]
fn a_server_that_speaks_byte_by_byte_is_understood() {
    let server = MailServer::start(Behaviour::ByteByByte);
    let mailing = mailing_by(&server);
    let _ = mailing.notice();
    assert_eq!(mailing.dispatch()["sent"], 1);
}

#[test]
fn nothing_goes_in_clear_where_tls_was_asked_for() {
    for behaviour in [Behaviour::Stripped, Behaviour::Injecting, Behaviour::WrongName] {
        let server = MailServer::start(behaviour);
        let mailing = mailing_by(&server);
        mailing.configure(&json!({ "smtpTls": "starttls" }));
        let (user, _) = mailing.notice();
        assert_eq!(mailing.dispatch()["postponed"], 1, "{behaviour:?}");
        assert!(server.taken().is_empty(), "{behaviour:?}");
        assert!(!reply(&mailing.mail(&user)).is_empty(), "{behaviour:?}");
        server.behave(Behaviour::Obliging);
        assert_eq!(mailing.dispatch_later()["sent"], 1, "{behaviour:?}");
    }
}

#[test]
fn a_wrong_password_is_the_settings_fault_and_refuses_no_mail() {
    let server = MailServer::start(Behaviour::WrongPassword);
    let mailing = mailing_by(&server);
    mailing.configure(&json!({ "smtpUser": "postern", "smtpPassword": "wrong" }));
    let (user, _) = mailing.notice();
    assert_eq!(mailing.dispatch()["postponed"], 1);
    let mail = mailing.mail(&user);
    assert_eq!(mail["state"], "queued");
    assert!(reply(&mail).contains("not accepted"), "{mail}");
}

#[test]
fn a_mail_larger_than_the_server_takes_is_refused_for_good() {
    let server = MailServer::start(Behaviour::Small);
    let mailing = mailing_by(&server);
    let (user, _) = mailing.notice();
    assert_eq!(mailing.dispatch()["ended"], 1);
    assert!(reply(&mailing.mail(&user)).contains("1000 bytes"));
}

#[test]
fn no_name_can_add_a_header() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    let user = mailing.deployment.new_user();
    let id = user["id"].as_str().expect("an id");
    let hostile = "Una\\r\\nBcc: victim@example.com";
    let sql = format!(
        "UPDATE users SET display_name = '{}' WHERE id = '{id}'",
        hostile.replace("\\r", "\r").replace("\\n", "\n")
    );
    mailing.database.migrate(&sql).expect("the name");
    let _ = mailing.queue(&user);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let head = server.taken()[0].text.split("\r\n\r\n").next().unwrap_or_default().to_owned();
    assert!(!head.lines().any(|line| line.to_ascii_lowercase().starts_with("bcc")), "{head}");
}

//! What every transport keeps: the direct way to a mail server, and the way through the relay.

use postern_suite::NativeServer;
use postern_suite::mail_relay::MailRelay;
use postern_suite::mail_server::{Behaviour, MailServer, Taken, USER};
use serde_json::{Value, json};

use super::{Mailing, mailing, mailing_on};

/// A way for mail to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Smtp,
    Relay,
}

const WAYS: [Way; 2] = [Way::Smtp, Way::Relay];

/// A deployment that sends by it. The relay goes with the value.
struct Sending {
    mailing: Mailing,
    _relay: Option<MailRelay>,
}

impl Way {
    /// To `server`, with `tls` (`none`, `starttls` or `tls`) and a password unless it is empty.
    fn to(self, server: &MailServer, tls: &str, password: &str) -> Sending {
        match self {
            Self::Smtp => directly(server, tls, password),
            Self::Relay => by_relay(server, tls, password),
        }
    }

    fn plainly(self, server: &MailServer) -> Sending {
        self.to(server, "none", "")
    }
}

fn directly(server: &MailServer, tls: &str, password: &str) -> Sending {
    let mailing = mailing();
    let user = if password.is_empty() { "" } else { USER.0 };
    mailing.configure(&json!({
        "smtpHost": "localhost", "smtpPort": server.port.to_string(), "smtpTls": tls,
        "smtpUser": user, "smtpPassword": password, "smtpFrom": "postern@example.com",
    }));
    Sending { mailing, _relay: None }
}

fn by_relay(server: &MailServer, tls: &str, password: &str) -> Sending {
    let user = if password.is_empty() { "" } else { USER.0 };
    let settings = [("SMTP_TLS", tls), ("SMTP_USER", user), ("SMTP_PASSWORD", password)];
    let relay = MailRelay::beside(server.port, &settings);
    let url = relay.url.clone();
    let start = move |database, clock| NativeServer::start_relayed(database, clock, &url);
    let mailing = mailing_on(start);
    mailing.configure(&json!({ "smtpFrom": "postern@example.com" }));
    Sending { mailing, _relay: Some(relay) }
}

fn reply(mail: &Value) -> &str {
    mail["reply"].as_str().unwrap_or_default()
}

#[test]
fn a_mail_arrives_once_and_the_servers_words_are_kept() {
    for way in WAYS {
        let server = MailServer::start(Behaviour::Obliging);
        let Sending { mailing, _relay } = way.plainly(&server);
        let (user, id) = mailing.notice();
        assert_eq!(mailing.dispatch(), json!({ "sent": 1, "ended": 0, "postponed": 0 }), "{way:?}");
        assert_eq!(mailing.dispatch_later()["sent"], 0, "{way:?}");
        let (mail, taken) = (mailing.mail(&user), server.taken());
        assert_eq!((&mail["state"], reply(&mail)), (&json!("sent"), "250 2.0.0 Taken as 1"));
        assert_eq!(taken.len(), 1, "{way:?}");
        assert_eq!(json!(taken[0].to), user["email"], "{way:?}");
        assert!(taken[0].message_id.starts_with(&id), "{way:?}");
    }
}

#[test]
fn it_goes_encrypted_and_with_the_password_where_that_is_set() {
    for way in WAYS {
        for (server, tls) in [
            (MailServer::start(Behaviour::Obliging), "starttls"),
            (MailServer::start_tls(Behaviour::Obliging), "tls"),
        ] {
            let Sending { mailing, _relay } = way.to(&server, tls, USER.1);
            let _ = mailing.notice();
            assert_eq!(mailing.dispatch()["sent"], 1, "{way:?}, {tls}");
            let taken = server.taken();
            assert!(taken[0].encrypted, "{way:?}, {tls}");
            assert_eq!(taken[0].user.as_deref(), Some(USER.0), "{way:?}, {tls}");
        }
    }
}

#[test]
fn nothing_goes_in_clear_where_tls_was_asked_for() {
    for way in WAYS {
        for behaviour in [Behaviour::Stripped, Behaviour::WrongName] {
            let server = MailServer::start(behaviour);
            let Sending { mailing, _relay } = way.to(&server, "starttls", "");
            let (user, _) = mailing.notice();
            assert_eq!(mailing.dispatch()["postponed"], 1, "{way:?}, {behaviour:?}");
            assert!(server.taken().is_empty(), "{way:?}, {behaviour:?}");
            assert!(!reply(&mailing.mail(&user)).is_empty(), "{way:?}, {behaviour:?}");
            server.behave(Behaviour::Obliging);
            assert_eq!(mailing.dispatch_later()["sent"], 1, "{way:?}, {behaviour:?}");
        }
    }
}

#[test]
fn what_is_injected_before_tls_is_not_heard() {
    for way in WAYS {
        let server = MailServer::start(Behaviour::Injecting);
        let Sending { mailing, _relay } = way.to(&server, "starttls", USER.1);
        let _ = mailing.notice();
        // One way ends the connection, the other drops what was injected and goes on.
        let _ = mailing.dispatch();
        let taken = server.taken();
        let is_good = |mail: &Taken| mail.encrypted && mail.user.as_deref() == Some(USER.0);
        assert!(taken.iter().all(is_good), "{way:?}");
    }
}

#[test]
fn a_450_is_tried_again_a_550_is_final_and_those_behind_are_not_held_up() {
    for way in WAYS {
        let server = MailServer::start(Behaviour::BusyFor(1));
        let Sending { mailing, _relay } = way.plainly(&server);
        let (first, _) = mailing.notice();
        let _ = mailing.notice();
        let tally = json!({ "sent": 1, "ended": 0, "postponed": 1 });
        assert_eq!(mailing.dispatch(), tally, "{way:?}");
        assert!(reply(&mailing.mail(&first)).contains("Try again later"), "{way:?}");
        mailing.clock.forward_seconds(46);
        assert_eq!(mailing.dispatch()["sent"], 1, "{way:?}");
        server.behave(Behaviour::Refusing);
        let (user, _) = mailing.notice();
        assert_eq!(mailing.dispatch()["ended"], 1, "{way:?}");
        let mail = mailing.mail(&user);
        assert_eq!(mail["state"], "refused", "{way:?}");
        assert!(reply(&mail).contains("No such mailbox here"), "{way:?}: {mail}");
        assert!(server.copies().values().all(|copies| *copies == 1), "{way:?}");
    }
}

#[test]
fn a_connection_that_drops_doubles_nothing_that_the_server_had_not() {
    for way in WAYS {
        for behaviour in [Behaviour::DroppingText, Behaviour::DroppingAtDot] {
            let server = MailServer::start(behaviour);
            let Sending { mailing, _relay } = way.plainly(&server);
            let _ = mailing.notice();
            assert_eq!(mailing.dispatch()["postponed"], 1, "{way:?}, {behaviour:?}");
            server.behave(Behaviour::Obliging);
            assert_eq!(mailing.dispatch_later()["sent"], 1, "{way:?}, {behaviour:?}");
            assert_eq!(server.taken().len(), 1, "{way:?}, {behaviour:?}");
        }
    }
}

#[test]
fn a_server_that_takes_a_mail_and_does_not_say_so_may_get_it_again_under_one_message_id() {
    for way in WAYS {
        let server = MailServer::start(Behaviour::TakingSilently);
        let Sending { mailing, _relay } = way.plainly(&server);
        let (user, _) = mailing.notice();
        assert_eq!(mailing.dispatch()["postponed"], 1, "{way:?}");
        let mail = mailing.mail(&user);
        assert!(reply(&mail).contains("before the server confirmed"), "{way:?}: {mail}");
        server.behave(Behaviour::Obliging);
        assert_eq!(mailing.dispatch_later()["sent"], 1, "{way:?}");
        assert_eq!(server.copies().into_values().collect::<Vec<_>>(), [2], "{way:?}");
    }
}

#[test]
fn the_test_mail_says_how_far_it_came_in_the_same_words() {
    for way in WAYS {
        for (behaviour, tls, password, stage, words) in [
            (Behaviour::Later, "none", "", "greeting", "Come later"),
            (Behaviour::Stripped, "starttls", "", "tls", "STARTTLS"),
            (Behaviour::WrongName, "starttls", "", "tls", "certificate"),
            (Behaviour::WrongPassword, "none", USER.1, "authentication", "not accepted"),
            (Behaviour::RefusingSender, "none", "", "sender", "may not send"),
            (Behaviour::Refusing, "none", "", "recipient", "No such mailbox"),
            (Behaviour::BusyFor(9), "none", "", "recipient", "Try again"),
            (Behaviour::Small, "none", "", "message", "1000 bytes"),
        ] {
            let server = MailServer::start(behaviour);
            let Sending { mailing, _relay } = way.to(&server, tls, password);
            let path = "/api/application-configuration/test-email";
            let reply = mailing.admin.post_empty(path).expect(409);
            let details = &reply.json["details"];
            assert_eq!(details["stage"], stage, "{way:?}, {behaviour:?}: {details}");
            let said = details["reply"].as_str().unwrap_or_default().to_lowercase();
            assert!(said.contains(&words.to_lowercase()), "{way:?}, {behaviour:?}: {said}");
        }
    }
}

#[test]
fn a_wrong_password_or_a_server_that_is_away_refuses_no_mail() {
    for way in WAYS {
        for behaviour in [Behaviour::WrongPassword, Behaviour::Later, Behaviour::NotSmtp] {
            let server = MailServer::start(behaviour);
            let Sending { mailing, _relay } = way.to(&server, "none", "wrong");
            let (first, _) = mailing.notice();
            let _ = mailing.notice();
            assert_eq!(mailing.dispatch()["postponed"], 2, "{way:?}, {behaviour:?}");
            assert_eq!(mailing.mail(&first)["state"], "queued", "{way:?}, {behaviour:?}");
        }
    }
}

#[test]
fn a_dispatcher_whose_clock_runs_out_finds_at_the_relay_what_became_of_the_mail() {
    let server = MailServer::start(Behaviour::Slow(1_500));
    let Sending { mailing, _relay } = Way::Relay.plainly(&server);
    let _ = mailing.notice();
    // The record of what was sent is lost, and with it that it was sent.
    mailing.faulty.fail(postern_suite::Fault::KilledAt(0), 2);
    let _ = mailing.try_to_dispatch();
    let _ = mailing.dispatch_later();
    assert_eq!(mailing.entries("EMAIL_SENT").len(), 1);
    assert_eq!(server.taken().len(), 1, "a direct way would have sent it twice");
}

#[test]
fn a_relay_that_is_not_there_or_does_not_know_us_keeps_all_mail_waiting() {
    let server = MailServer::start(Behaviour::Obliging);
    let relay =
        MailRelay::beside(server.port, &[("SECRET", "another secret, just as long as ours")]);
    for (url, words) in [
        (relay.url.clone(), "does not know this secret"),
        (format!("{}/elsewhere", relay.url), "check its address"),
        ("http://127.0.0.1:1".to_owned(), "not reachable"),
        (format!("http://127.0.0.1:{}", server.port), "mail relay"),
        ("relay.example.com".to_owned(), "MAIL_RELAY_URL must be like"),
        ("ftp://relay.example.com".to_owned(), "MAIL_RELAY_URL must be like"),
    ] {
        let mailing =
            mailing_on(|database, clock| NativeServer::start_relayed(database, clock, &url));
        mailing.configure(&json!({ "smtpFrom": "postern@example.com" }));
        let (user, _) = mailing.notice();
        assert_eq!(mailing.dispatch()["postponed"], 1, "{url}");
        let mail = mailing.mail(&user);
        assert_eq!(mail["state"], "queued", "{url}");
        assert!(reply(&mail).contains(words), "{url}: {mail}");
    }
    assert!(server.taken().is_empty());
}

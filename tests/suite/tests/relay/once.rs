//! Each mail once: whoever goes away, and whatever is killed, but for the one moment of which nobody can
//! know (decision 19).

use std::io::Write as _;
use std::net::TcpStream;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use mail_relay_client::{MESSAGES_PATH, Outcome, Submission};
use postern_suite::mail_relay::{MailRelay, SECRET};
use postern_suite::mail_server::{Behaviour, MailServer};

use super::mail;

/// Hands a mail over and goes away, as a dispatcher does that is killed.
fn hand_over_and_go(relay: &MailRelay, mail: &Submission) {
    let body = serde_json::to_string(mail).expect("JSON");
    let address = relay.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("the relay listens");
    let head = format!(
        "POST {MESSAGES_PATH} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {SECRET}\r\n\
         Content-Length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all((head + &body).as_bytes()).expect("the relay listens");
    std::thread::sleep(Duration::from_millis(200));
}

#[test]
fn who_goes_away_is_told_later_what_became_of_the_mail() {
    let server = MailServer::start(Behaviour::Slow(1_000));
    let relay = MailRelay::beside(server.port, &[]);
    let mail = mail();
    hand_over_and_go(&relay, &mail);
    hand_over_and_go(&relay, &mail);
    let (_, answer) = relay.hand_over(&mail);
    assert_eq!(answer.outcome, Outcome::Delivered);
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn of_many_who_ask_at_once_all_are_told_the_same_and_one_mail_goes() {
    let server = MailServer::start(Behaviour::Slow(300));
    let relay = Arc::new(MailRelay::beside(server.port, &[]));
    let mail = mail();
    let asking: Vec<_> = (0..20)
        .map(|_| (Arc::clone(&relay), mail.clone()))
        .map(|(relay, mail)| std::thread::spawn(move || relay.hand_over(&mail)))
        .collect();
    let mut answers: Vec<_> = asking.into_iter().map(|it| it.join().expect("no panic")).collect();
    answers.dedup();
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn what_was_refused_stays_refused_and_what_was_deferred_is_tried_again() {
    let server = MailServer::start(Behaviour::Refusing);
    let relay = MailRelay::beside(server.port, &[]);
    let (refused, deferred) = (mail(), mail());
    let first = relay.hand_over(&refused);
    assert_eq!(first.1.outcome, Outcome::Refused);
    server.behave(Behaviour::BusyFor(1));
    assert_eq!(relay.hand_over(&refused), first);
    assert_eq!(relay.hand_over(&deferred).1.outcome, Outcome::Deferred);
    assert_eq!(relay.hand_over(&deferred).1.outcome, Outcome::Delivered);
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn a_relay_that_is_killed_remembers_what_it_said() {
    let server = MailServer::start(Behaviour::Obliging);
    let mut relay = MailRelay::beside(server.port, &[]);
    let mail = mail();
    let said = relay.hand_over(&mail);
    relay.kill_and_restart();
    assert_eq!(relay.hand_over(&mail), said);
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn a_relay_killed_before_the_servers_answer_may_send_twice_and_says_so() {
    let server = MailServer::start(Behaviour::Slow(2_000));
    let mut relay = MailRelay::beside(server.port, &[]);
    let mail = mail();
    hand_over_and_go(&relay, &mail);
    relay.kill_and_restart();
    server.behave(Behaviour::Obliging);
    assert_eq!(relay.hand_over(&mail).1.outcome, Outcome::Delivered);
    relay.wait_for_log("this may be the second copy");
    assert_eq!(server.copies().into_values().collect::<Vec<_>>(), [2], "one Message-ID");
}

#[test]
fn a_relay_that_is_told_to_stop_finishes_the_mail_under_way() {
    let server = MailServer::start(Behaviour::Slow(800));
    let mut relay = MailRelay::beside(server.port, &[]);
    let mail = mail();
    hand_over_and_go(&relay, &mail);
    let process = relay.process().to_string();
    assert!(Command::new("kill").args(["-TERM", &process]).status().expect("kill").success());
    relay.wait_for_log("Delivered");
    relay.kill_and_restart();
    assert_eq!(relay.hand_over(&mail).1.outcome, Outcome::Delivered);
    assert_eq!(server.taken().len(), 1);
}

#[test]
fn mails_that_follow_each_other_share_a_connection_and_survive_its_end() {
    let server = MailServer::start(Behaviour::Obliging);
    let relay = MailRelay::beside(server.port, &[]);
    for _ in 0..3 {
        assert_eq!(relay.hand_over(&mail()).1.outcome, Outcome::Delivered);
    }
    assert_eq!(server.connections(), 1);
    server.behave(Behaviour::OneByOne);
    for _ in 0..3 {
        assert_eq!(relay.hand_over(&mail()).1.outcome, Outcome::Delivered);
    }
    assert_eq!(server.taken().len(), 6);
    assert!(server.copies().values().all(|copies| *copies == 1));
}

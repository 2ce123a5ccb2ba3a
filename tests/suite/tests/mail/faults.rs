//! Dispatchers that are killed, and several at once.

use std::sync::Arc;

use postern_suite::Fault;
use postern_suite::mail_server::{Behaviour, MailServer};

use super::mailing_by;

#[test]
fn a_dispatcher_killed_at_any_statement_loses_no_mail() {
    // Claim and its reads; then begin; then record and begin; then record.
    for trip in 0..4 {
        for statement in 0..4 {
            let server = MailServer::start(Behaviour::Obliging);
            let mailing = mailing_by(&server);
            let user = mailing.deployment.new_user();
            let _ = (mailing.queue(&user), mailing.queue(&user));
            mailing.faulty.fail(Fault::KilledAt(statement), trip);
            let _ = mailing.try_to_dispatch();
            let _ = mailing.dispatch_later();
            let copies = server.copies();
            assert_eq!(copies.len(), 2, "killed at {trip}.{statement}");
            assert!(copies.values().all(|copies| *copies == 1), "{trip}.{statement}: {copies:?}");
            assert!(mailing.mails(&user).iter().all(|mail| mail["state"] == "sent"));
        }
    }
}

#[test]
fn a_record_whose_reply_was_lost_is_made_once_and_sends_nothing_twice() {
    for trip in 1..4 {
        let server = MailServer::start(Behaviour::Obliging);
        let mailing = mailing_by(&server);
        let user = mailing.deployment.new_user();
        let _ = (mailing.queue(&user), mailing.queue(&user));
        mailing.faulty.fail(Fault::ReplyLost, trip);
        let _ = mailing.try_to_dispatch();
        let _ = mailing.dispatch_later();
        assert!(server.copies().values().all(|copies| *copies == 1), "{trip}");
        assert_eq!(mailing.entries("EMAIL_SENT").len(), 2, "{trip}");
    }
}

#[test]
fn what_a_dead_dispatcher_had_claimed_is_due_again_after_two_minutes() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    let _ = mailing.notice();
    // The claim is made; its reply is lost, and so whoever made it.
    mailing.faulty.fail(Fault::ReplyLost, 0);
    let _ = mailing.try_to_dispatch().expect(500);
    mailing.clock.forward_seconds(119);
    assert_eq!(mailing.dispatch()["sent"], 0);
    mailing.clock.forward_seconds(1);
    assert_eq!(mailing.dispatch()["sent"], 1);
}

#[test]
fn of_many_dispatchers_at_once_one_sends_each_mail() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = Arc::new(mailing_by(&server));
    let user = mailing.deployment.new_user();
    for _ in 0..100 {
        let _ = mailing.queue(&user);
    }
    let dispatchers: Vec<_> = (0..8)
        .map(|_| Arc::clone(&mailing))
        .map(|mailing| std::thread::spawn(move || mailing.try_to_dispatch().expect(200)))
        .collect();
    for dispatcher in dispatchers {
        let _ = dispatcher.join().expect("no panic");
    }
    assert_eq!(server.copies().len(), 100);
    assert!(server.copies().values().all(|copies| *copies == 1));
}

#[test]
fn a_dispatcher_too_slow_for_its_claim_leaves_the_rest_to_another() {
    let server = MailServer::start(Behaviour::Slow(600));
    let mailing = Arc::new(mailing_by(&server));
    let user = mailing.deployment.new_user();
    for _ in 0..4 {
        let _ = mailing.queue(&user);
    }
    let slow = Arc::clone(&mailing);
    let slow = std::thread::spawn(move || slow.try_to_dispatch());
    std::thread::sleep(std::time::Duration::from_millis(300));
    // Time passes for the claim, not for the server.
    mailing.clock.forward_seconds(121);
    server.behave(Behaviour::Obliging);
    let _ = mailing.try_to_dispatch().expect(200);
    let _ = slow.join().expect("no panic");
    let copies = server.copies();
    assert_eq!(copies.len(), 4);
    // The one that was under way is the one that may be doubled.
    assert!(copies.values().filter(|copies| **copies > 1).count() <= 1, "{copies:?}");
}

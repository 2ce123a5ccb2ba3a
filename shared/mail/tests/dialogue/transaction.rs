//! Mails: taken, put off, refused, lost on their way.

use mail::smtp::{Dialogue, Extension, Loss, Outcome, Security, Stage, Step, Why};

use crate::script::*;

/// Script and outcome of a mail over a connection without pipelining, after EHLO.
pub(crate) fn over_plain(rest: &[Turn]) -> Played {
    play(submission(IN_CLEAR), &[&[GREETING, PLAIN_EHLO], rest].concat())
}

fn over_pipelining(rest: &[Turn]) -> Played {
    play(submission(Security::Tls), &[&[GREETING, SECURE_EHLO], rest].concat())
}

#[test]
fn a_mail_is_delivered_one_command_at_a_time() {
    let played = over_plain(&[OK, OK, GO_AHEAD, QUEUED, BYE]);
    assert_eq!(played.outcome(), "The server took the mail: 250 2.0.0 Ok: queued as 4F1");
    assert_eq!(played.closed, None);
    let text = played.sent[4].clone();
    let expected = [
        "EHLO id.example.com\r\n",
        "MAIL FROM:<postern@example.com>\r\n",
        "RCPT TO:<ada@example.com>\r\n",
        "DATA\r\n",
        &text,
        ".\r\n",
        "QUIT\r\n",
    ];
    assert_eq!(played.sent, expected);
    assert!(text.contains("\r\nfirst\r\n..\r\n...second\r\n"), "{text}");
}

#[test]
fn the_envelope_goes_in_one_piece_where_the_server_pipelines() {
    let played = over_pipelining(&[ENVELOPE_OK, QUEUED, BYE]);
    let size = mail_to("ada@example.com").1.as_bytes().len();
    let envelope = format!(
        "MAIL FROM:<postern@example.com> SIZE={size}\r\nRCPT TO:<ada@example.com>\r\nDATA\r\n"
    );
    assert_eq!(played.sent[1], envelope);
    assert!(matches!(played.outcomes[0], Outcome::Delivered { .. }));
}

#[test]
fn replies_may_come_byte_by_byte() {
    let script = [GREETING, SECURE_EHLO, ENVELOPE_OK, QUEUED, BYE];
    let weather = Weather { byte_by_byte: true, ..Weather::default() };
    let played = play_all(submission(Security::Tls), &["ada@example.com"], &script, weather);
    assert!(matches!(played.outcomes[0], Outcome::Delivered { .. }), "{played:?}");
}

#[test]
fn a_no_is_for_now_or_for_ever_as_the_server_says() {
    let for_now = Says("450 4.2.0 Greylisted\r\n");
    let for_ever = Says("550-5.1.1 No such user\r\n550 5.1.1 here\r\n");
    for (script, words) in [
        (vec![for_now, OK, BYE], "Sender: not now: 450 4.2.0 Greylisted"),
        (vec![for_ever, OK, BYE], "Sender: refused: 550 5.1.1 No such user here"),
        (vec![OK, for_now, OK, BYE], "Recipient: not now: 450 4.2.0 Greylisted"),
        (vec![OK, for_ever, OK, BYE], "Recipient: refused: 550 5.1.1 No such user here"),
        (vec![OK, OK, for_now, OK, BYE], "Message: not now: 450 4.2.0 Greylisted"),
        (vec![OK, OK, for_ever, OK, BYE], "Message: refused: 550 5.1.1 No such user here"),
        (vec![OK, OK, GO_AHEAD, for_now, BYE], "Message: not now: 450 4.2.0 Greylisted"),
        (vec![OK, OK, GO_AHEAD, for_ever, BYE], "Message: refused: 550 5.1.1 No such user here"),
    ] {
        let played = over_plain(&script);
        assert_eq!(played.outcome(), words);
        assert_eq!(played.outcomes[0].is_final(), words.contains("refused"), "{words}");
        assert_eq!(played.closed, None, "{words}");
    }
}

#[test]
fn a_no_amid_pipelined_commands_is_the_verdict_and_the_text_is_not_sent() {
    let mixed = Says("250 Ok\r\n550 5.1.1 No\r\n503 5.5.1 No recipients\r\n");
    let played = over_pipelining(&[mixed, OK, BYE]);
    assert_eq!(played.outcome(), "Recipient: refused: 550 5.1.1 No");
    assert_eq!(played.sent[2..], ["RSET\r\n", "QUIT\r\n"]);
    let willing = Says("250 Ok\r\n450 4.2.0 Later\r\n354 go ahead\r\n");
    let played = over_pipelining(&[willing, Says("554 no recipients\r\n"), BYE]);
    assert_eq!(played.outcome(), "Recipient: not now: 450 4.2.0 Later");
    assert_eq!(played.sent[2..], [".\r\n", "QUIT\r\n"]);
    let played = over_pipelining(&[willing, Loses(Loss::Closed)]);
    assert_eq!(played.outcome(), "Recipient: not now: 450 4.2.0 Later");
}

#[test]
fn mails_after_a_refused_one_go_over_the_same_connection() {
    let script = [
        GREETING,
        SECURE_EHLO,
        ENVELOPE_OK,
        QUEUED,
        Says("250 Ok\r\n550 5.1.1 No\r\n554 no\r\n"),
        OK,
        ENVELOPE_OK,
        QUEUED,
        BYE,
    ];
    let recipients = ["a@example.com", "b@example.com", "c@example.com"];
    let played = play_all(submission(Security::Tls), &recipients, &script, Weather::default());
    let delivered = |outcome: &Outcome| matches!(outcome, Outcome::Delivered { .. });
    assert_eq!(played.outcomes.iter().map(delivered).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(played.sent.iter().filter(|sent| sent.starts_with("EHLO")).count(), 1);
}

#[test]
fn mails_may_be_submitted_one_by_one_over_one_connection() {
    let mut dialogue = Dialogue::new(submission(Security::Tls));
    let mut replies = ["220 a\r\n", "250 a\r\n"]
        .into_iter()
        .chain(["250 a\r\n", "250 a\r\n", "354 a\r\n", "250 a\r\n"].into_iter().cycle().take(12));
    let (mut idle, mut delivered) = (0, 0);
    while idle < 4 {
        match dialogue.next() {
            Step::Receive { .. } => dialogue.received(replies.next().unwrap().as_bytes()),
            Step::Idle => {
                idle += 1;
                let (envelope, message) = mail_to("ada@example.com");
                dialogue.submit(envelope, message);
            }
            Step::Done(Outcome::Delivered { .. }) => delivered += 1,
            Step::Send { .. } => {}
            step => panic!("{step:?}"),
        }
    }
    assert_eq!(delivered, 3);
}

#[test]
fn a_server_that_closes_with_421_defers_whatever_it_has_not_taken() {
    let closing = Says("421 4.3.2 Shutting down\r\n");
    for at in 0..=5 {
        let calm = [GREETING, PLAIN_EHLO, OK, OK, GO_AHEAD];
        let script = [&calm[..at], &[closing]].concat();
        let played = play_all(
            submission(IN_CLEAR),
            &["a@example.com", "b@example.com"],
            &script,
            Weather::default(),
        );
        let deferred = |outcome: &Outcome| matches!(outcome, Outcome::Deferred { .. });
        assert_eq!(played.outcomes.iter().filter(|outcome| deferred(outcome)).count(), 2, "{at}");
        assert!(!played.says("QUIT"));
    }
}

#[test]
fn what_was_taken_stays_taken_when_the_server_closes_behind_it() {
    let closing = Says("250 Ok: queued\r\n421 4.3.2 Shutting down\r\n");
    let played = over_plain(&[OK, OK, GO_AHEAD, closing]);
    assert!(matches!(played.outcomes[..], [Outcome::Delivered { .. }]), "{played:?}");
}

#[test]
fn a_connection_lost_before_the_final_dot_has_delivered_nothing() {
    for loss in [Loss::Closed, Loss::TimedOut] {
        for at in 0..=4 {
            let calm = [GREETING, PLAIN_EHLO, OK, OK, GO_AHEAD];
            let played = play(submission(IN_CLEAR), &[&calm[..at], &[Loses(loss)]].concat());
            assert!(matches!(played.outcomes[..], [Outcome::Failed(_)]), "{at}: {played:?}");
            assert!(!played.outcomes[0].is_final());
        }
    }
    let weather = Weather { breaks_on: Some("From:"), ..Weather::default() };
    let script = [GREETING, PLAIN_EHLO, OK, OK, GO_AHEAD];
    let played = play_all(submission(IN_CLEAR), &["ada@example.com"], &script, weather);
    assert_eq!(played.outcome(), "Message: the connection was closed");
    assert!(!played.sent.contains(&".\r\n".to_owned()));
}

#[test]
fn a_connection_lost_after_the_final_dot_leaves_it_unknown() {
    for (end, why) in [
        (Loses(Loss::Closed), Why::Closed),
        (Loses(Loss::TimedOut), Why::TimedOut),
        (Says("garbage\r\n"), Why::NotSmtp),
    ] {
        let played = over_plain(&[OK, OK, GO_AHEAD, end]);
        assert_eq!(played.outcomes, [Outcome::Unknown { why }]);
    }
    let weather = Weather { breaks_on: Some(".\r\n"), ..Weather::default() };
    let script = [GREETING, PLAIN_EHLO, OK, OK, GO_AHEAD];
    let played = play_all(submission(IN_CLEAR), &["ada@example.com"], &script, weather);
    assert_eq!(played.outcomes, [Outcome::Unknown { why: Why::Closed }]);
}

#[test]
fn from_the_text_on_there_must_be_time_for_the_answer_to_the_dot_and_giving_up_there_is_certain() {
    for steps_of_the_text in 0..2 {
        let mut dialogue = Dialogue::new(submission(IN_CLEAR));
        let (envelope, message) = mail_to("ada@example.com");
        dialogue.submit(envelope, message);
        for said in ["220 a\r\n", "250 a\r\n", "250 ok\r\n", "250 ok\r\n", "354 go\r\n"] {
            assert_eq!(dialogue.reserve_ms(), 0, "{said}");
            while !matches!(dialogue.next(), Step::Receive { .. }) {}
            dialogue.received(said.as_bytes());
        }
        for _ in 0..steps_of_the_text {
            assert!(matches!(dialogue.next(), Step::Send { .. }));
        }
        assert_eq!(dialogue.reserve_ms(), 600_000);
        dialogue.lost(Loss::TimedOut);
        assert_eq!(dialogue.next(), Step::Done(failed(Stage::Message, Why::TimedOut)));
    }
}

#[test]
fn the_final_dot_is_waited_for_longest() {
    let played = over_plain(&[OK, OK, GO_AHEAD, QUEUED, BYE]);
    assert_eq!(played.waits, [60_000, 60_000, 60_000, 60_000, 60_000, 600_000, 5000]);
}

#[test]
fn an_address_beyond_ascii_goes_only_where_it_is_taken() {
    let (script, to) = ([GREETING, SECURE_EHLO, ENVELOPE_OK, QUEUED, BYE], ["jörg@müller.example"]);
    let played = play_all(submission(Security::Tls), &to, &script, Weather::default());
    assert!(played.says("BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<jörg@müller.example>\r\n"));
    let script = [GREETING, PLAIN_EHLO, OK, OK, GO_AHEAD, QUEUED, BYE];
    let recipients = ["jörg@müller.example", "ada@example.com"];
    let played = play_all(submission(IN_CLEAR), &recipients, &script, Weather::default());
    let why = Why::NotOffered(Extension::SmtpUtf8);
    assert_eq!(played.outcomes[0], failed(Stage::Recipient, why));
    assert!(played.outcomes[0].is_final());
    assert!(matches!(played.outcomes[1], Outcome::Delivered { .. }));
}

#[test]
fn a_message_larger_than_the_server_takes_is_not_begun() {
    let script = [GREETING, Says("250-a\r\n250 SIZE 100\r\n"), BYE];
    let played = play(submission(IN_CLEAR), &script);
    assert_eq!(played.outcome(), "Message: the server takes at most 100 bytes");
    assert!(played.outcomes[0].is_final() && !played.says("MAIL"));
}

#[test]
fn a_mail_submitted_after_the_end_has_the_outcome_of_the_end() {
    let mut dialogue = Dialogue::new(submission(IN_CLEAR));
    dialogue.lost(Loss::Unreachable);
    assert!(matches!(dialogue.next(), Step::Closed(Some(_))));
    let (envelope, message) = mail_to("ada@example.com");
    dialogue.submit(envelope, message);
    let unreachable = failed(Stage::Connect, Why::Unreachable);
    assert_eq!(dialogue.next(), Step::Done(unreachable));
    dialogue.received(b"220 too late\r\n");
    dialogue.lost(Loss::Closed);
    assert!(matches!(dialogue.next(), Step::Closed(Some(_))));
}

//! From the connection to the first mail: greeting, TLS, who we are.

use mail::smtp::{Dialogue, Extension, Loss, Outcome, Security, Stage, Step, Why};

use crate::script::*;

#[test]
fn starttls_comes_before_anything_of_ours_and_ehlo_again_after_it() {
    let script = [
        GREETING,
        FULL_EHLO,
        Says("220 2.0.0 Ready\r\n"),
        Tls,
        SECURE_EHLO,
        Says("235 2.7.0 Authenticated\r\n"),
        ENVELOPE_OK,
        QUEUED,
        BYE,
    ];
    let played = play(with_password(Security::StartTls), &script);
    assert!(matches!(played.outcomes[0], Outcome::Delivered { .. }), "{played:?}");
    let expected = [
        "EHLO id.example.com\r\n",
        "STARTTLS\r\n",
        "EHLO id.example.com\r\n",
        "AUTH PLAIN AHBvc3Rlcm4AaHVudGVyMg==\r\n",
    ];
    assert_eq!(played.sent[..4], expected);
}

#[test]
fn a_server_that_does_not_offer_starttls_gets_nothing_in_clear() {
    let played = play(with_password(Security::StartTls), &[GREETING, SECURE_EHLO]);
    assert_eq!(played.outcome(), "TLS: the server does not offer STARTTLS");
    assert_eq!(played.sent, ["EHLO id.example.com\r\n"]);
    let refused = [GREETING, FULL_EHLO, Says("454 4.7.0 TLS not available\r\n")];
    let played = play(with_password(Security::StartTls), &refused);
    assert_eq!(played.outcome(), "TLS: not now: 454 4.7.0 TLS not available");
    assert!(!played.says("AUTH") && !played.says("MAIL"));
}

#[test]
fn bytes_in_clear_behind_the_agreement_to_begin_tls_end_it() {
    let injected = Says("220 2.0.0 Ready\r\n250-evil\r\n250 AUTH PLAIN\r\n");
    let played = play(with_password(Security::StartTls), &[GREETING, FULL_EHLO, injected]);
    assert_eq!(played.outcome(), "TLS: something was sent in clear where TLS was to begin");
    let mut dialogue = Dialogue::new(with_password(Security::StartTls));
    let mut step = dialogue.next();
    for reply in ["220 a\r\n", "250-a\r\n250 STARTTLS\r\n", "220 go\r\n", "2"] {
        while matches!(step, Step::Send { .. }) {
            step = dialogue.next();
        }
        dialogue.received(reply.as_bytes());
        step = dialogue.next();
    }
    dialogue.tls_established();
    assert!(matches!(dialogue.next(), Step::Closed(Some(failure)) if failure.why == Why::Injected));
}

#[test]
fn a_handshake_that_fails_is_told_from_the_rest() {
    let ready = Says("220 2.0.0 Ready\r\n");
    let script = [GREETING, FULL_EHLO, ready, Loses(Loss::TlsRefused)];
    let played = play(with_password(Security::StartTls), &script);
    assert_eq!(played.outcome(), "TLS: the handshake failed or the certificate cannot be trusted");
    let played = play(with_password(Security::Tls), &[Loses(Loss::TlsRefused)]);
    assert_eq!(played.outcomes[0], failed(Stage::Tls, Why::TlsRefused));
}

#[test]
fn auth_login_is_spoken_where_plain_is_not_offered() {
    let script = [
        GREETING,
        Says("250-mail.example\r\n250 AUTH=LOGIN\r\n"),
        Says("334 VXNlcm5hbWU6\r\n"),
        Says("334 UGFzc3dvcmQ6\r\n"),
        Says("235 ok\r\n"),
        OK,
        OK,
        GO_AHEAD,
        QUEUED,
        BYE,
    ];
    let played = play(with_password(Security::Tls), &script);
    assert_eq!(played.sent[1..4], ["AUTH LOGIN\r\n", "cG9zdGVybg==\r\n", "aHVudGVyMg==\r\n"]);
}

#[test]
fn a_password_goes_in_clear_only_if_the_administrator_said_so() {
    let played = play(with_password(IN_CLEAR), &[GREETING, FULL_EHLO]);
    assert_eq!(played.outcome(), "Sign-in: the password would have been sent in clear");
    assert!(!played.says("AUTH"));
    let said_so = Security::None { credentials_in_clear: true };
    let denied = Says("535 5.7.8 Authentication failed\r\n");
    let played = play(with_password(said_so), &[GREETING, FULL_EHLO, denied]);
    assert!(played.says("AUTH PLAIN"));
}

#[test]
fn a_password_that_is_refused_or_not_wanted_is_no_fault_of_the_mail() {
    let denied = Says("535 5.7.8 Authentication failed\r\n");
    let played = play(with_password(Security::Tls), &[GREETING, SECURE_EHLO, denied]);
    let words = "Sign-in: the server said no: 535 5.7.8 Authentication failed";
    assert_eq!(played.outcome(), words);
    assert!(!played.outcomes[0].is_final());
    assert_eq!(played.sent.last().map(String::as_str), Some("QUIT\r\n"));
    let played = play(with_password(Security::Tls), &[GREETING, PLAIN_EHLO]);
    let why = Why::NotOffered(Extension::Auth);
    assert_eq!(played.outcomes[0], failed(Stage::Authentication, why));
    let first_who = Says("530 5.7.0 Authentication required\r\n");
    let played = crate::transaction::over_plain(&[first_who]);
    assert!(!played.outcomes[0].is_final(), "{played:?}");
    assert_eq!(played.closed.map(|failure| failure.stage), Some(Stage::Authentication));
}

#[test]
fn a_server_that_says_nothing_is_left() {
    let played = play(submission(IN_CLEAR), &[Loses(Loss::TimedOut)]);
    assert_eq!(played.outcome(), "Greeting: the server did not answer in time");
    let played = play(submission(IN_CLEAR), &[Loses(Loss::Unreachable)]);
    assert_eq!(played.outcome(), "Connection: no connection could be opened");
}

#[test]
fn what_does_not_speak_smtp_is_recognised() {
    for words in ["HTTP/1.1 400 Bad Request\r\n", "\u{16}\u{3}\u{1}", "* OK IMAP4rev1\r\n"] {
        let played = play(submission(IN_CLEAR), &[Says(words)]);
        assert_eq!(played.outcome(), "Greeting: what answered does not speak SMTP");
    }
    let two_at_once = Says("220 hello\r\n250 unasked\r\n");
    let played = play(submission(IN_CLEAR), &[two_at_once]);
    assert_eq!(played.outcomes[0], failed(Stage::Greeting, Why::NotSmtp));
}

#[test]
fn a_server_that_turns_clients_away_may_take_them_later() {
    let played = play(submission(IN_CLEAR), &[Says("554 5.3.2 No service here\r\n")]);
    assert_eq!(played.outcome(), "Greeting: the server said no: 554 5.3.2 No service here");
    assert!(!played.outcomes[0].is_final());
    let played = play(submission(IN_CLEAR), &[GREETING, Says("502 5.5.1 What?\r\n")]);
    assert!(matches!(played.outcomes[0], Outcome::Failed(_)));
}

#[test]
fn the_password_is_in_no_debug_output() {
    let mut dialogue = Dialogue::new(with_password(Security::Tls));
    for reply in ["220 a\r\n", "250-a\r\n250 AUTH PLAIN\r\n"] {
        while matches!(dialogue.next(), Step::Send { .. }) {}
        dialogue.received(reply.as_bytes());
    }
    let before = format!("{dialogue:?}");
    let step = dialogue.next();
    let Step::Send { bytes, .. } = &step else { panic!("{step:?}") };
    let secret = String::from_utf8(bytes.clone()).unwrap();
    let secret = secret.trim_end().rsplit(' ').next().unwrap();
    assert!(!format!("{before}{step:?}{dialogue:?}").contains(secret));
    assert!(!format!("{:?}", with_password(Security::Tls)).contains("hunter2"));
}

//! The message as it goes out: whole, 7-bit, and with no header that is not ours.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

use domain::{EmailAddress, Timestamp};
use mail::message::{Letter, Mailbox, Message};
use mail::templates::Rendered;
use uuid::Uuid;

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

fn compose(from: &Mailbox, to: &Mailbox, content: &Rendered) -> Message {
    let letter = Letter {
        id: Uuid::from_u128(0x0192_0000_0000_7000_8000_0000_0000_0001),
        app_url: "https://id.example.com:8443",
        from,
        to,
        date: Timestamp::from_rfc3339("2026-11-22T09:36:45.25Z").unwrap(),
        content,
    };
    letter.compose()
}

fn content(subject: &str, text: &str) -> Rendered {
    let html = format!("<p>{text}</p>");
    Rendered { subject: subject.to_owned(), text: text.to_owned(), html }
}

fn written(name: &str, subject: &str, text: &str) -> String {
    let from = Mailbox::new(name, address("postern@example.com"));
    let to = Mailbox::new(name, address("ada@example.com"));
    let message = compose(&from, &to, &content(subject, text));
    String::from_utf8(message.as_bytes().to_vec()).unwrap()
}

#[test]
fn a_message_is_these_bytes() {
    let expected = "From: \"Postern\" <postern@example.com>\r\n\
        To: \"Postern\" <ada@example.com>\r\n\
        Subject: Hello\r\n\
        Date: Sun, 22 Nov 2026 09:36:45 +0000\r\n\
        Message-ID: <01920000-0000-7000-8000-000000000001@id.example.com>\r\n\
        Auto-Submitted: auto-generated\r\n\
        X-Auto-Response-Suppress: All\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/alternative;\r\n \
        boundary=\"=_postern_01920000000070008000000000000001\"\r\n\
        \r\n\
        --=_postern_01920000000070008000000000000001\r\n\
        Content-Type: text/plain; charset=\"utf-8\"\r\n\
        Content-Transfer-Encoding: 7bit\r\n\r\n\
        one\r\ntwo\r\n\
        --=_postern_01920000000070008000000000000001\r\n\
        Content-Type: text/html; charset=\"utf-8\"\r\n\
        Content-Transfer-Encoding: 7bit\r\n\r\n\
        <p>one\r\ntwo</p>\r\n\
        --=_postern_01920000000070008000000000000001--\r\n";
    assert_eq!(written("Postern", "Hello", "one\ntwo"), expected);
}

#[test]
fn no_name_and_no_subject_leaves_its_header() {
    for breaking in [
        "a\r\nBcc: x@evil.example",
        "a\nBcc: x@evil.example",
        "a\rBcc: x@evil.example",
        "a\u{0}\r\n\r\nBcc: x@evil.example",
        "a\u{85}Bcc: x@evil.example",
        "a\u{2028}Bcc: x@evil.example",
        "\u{b}\u{c}\r\n Bcc: x@evil.example",
        "\"<x@evil.example>, \"\\\" Bcc: x",
        "=?utf-8?Q?a=0D=0ABcc:_x@evil.example?=",
    ] {
        let message = written(breaking, breaking, "text");
        let (headers, _) = message.split_once("\r\n\r\n").unwrap();
        let names: Vec<&str> = headers
            .split("\r\n")
            .filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap())
            .collect();
        let ours = [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "X-Auto-Response-Suppress",
            "MIME-Version",
            "Content-Type",
        ];
        assert_eq!(names, ours, "{breaking:?}");
        assert!(!headers.contains('\u{0}') && !headers.replace("\r\n", "").contains(['\r', '\n']));
    }
}

#[test]
fn a_name_in_quotes_stays_one_address() {
    let message = written("Eve\" <eve@evil.example>, \"", "s", "t");
    let to = message.lines().find(|line| line.starts_with("To: ")).unwrap();
    assert_eq!(to, "To: \"Eve\\\" <eve@evil.example>, \\\"\" <ada@example.com>");
}

#[test]
fn letters_beyond_ascii_are_encoded_and_lines_stay_short() {
    let long = "Ω".repeat(2000);
    for text in ["Grüße\n", &long, &"x".repeat(5000), "שלום\n.\n", "a=b\n\nFrom here\n", "tail "]
    {
        let message = written("Zoë Ωmega", &"Überaus lange Betreffzeile ".repeat(8), text);
        assert!(message.is_ascii(), "{text}");
        assert!(message.split("\r\n").all(|line| line.len() <= 78), "{text}");
        assert!(!message.replace("\r\n", "").contains(['\r', '\n']), "{text}");
    }
    let message = written("Zoë", "Ünï", "t");
    assert!(message.contains("From: =?utf-8?"), "{message}");
    assert!(message.contains("Subject: =?utf-8?"), "{message}");
}

#[test]
fn an_address_beyond_ascii_says_what_it_needs() {
    let plain = Mailbox::new("", address("ada@example.com"));
    let beyond = Mailbox::new("", address("jörg@müller.example"));
    let content = content("s", "t");
    assert!(!compose(&plain, &plain, &content).needs_smtputf8());
    assert!(compose(&plain, &beyond, &content).needs_smtputf8());
    let message = compose(&beyond, &plain, &content);
    assert!(message.needs_smtputf8());
    let text = String::from_utf8(message.as_bytes().to_vec()).unwrap();
    assert!(text.contains("From: <jörg@müller.example>\r\n"), "{text}");
}

#[test]
fn the_same_mail_is_the_same_bytes() {
    assert_eq!(written("Ada", "s", "Grüße"), written("Ada", "s", "Grüße"));
}

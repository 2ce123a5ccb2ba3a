use mail_auth::AuthenticatedMessage;

use crate::address::Address;

/// Fields that a message has once (RFC 5322 §3.6).
const ONCE: [&str; 4] = ["From", "To", "Date", "Message-ID"];

/// Fields that a message has once or not at all.
const AT_MOST_ONCE: [&str; 7] =
    ["Reply-To", "Cc", "Subject", "In-Reply-To", "References", "MIME-Version", "Content-Type"];

/// Fields that are servers' to write, or that would name recipients nobody sees.
const NEVER: [&str; 6] =
    ["Bcc", "Return-Path", "Received", "DKIM-Signature", "Authentication-Results", "Sender"];

/// Whether `message` is one as RFC 5322 wants it, by `from` and nobody else.
///
/// It is checked strictly because it is signed and sent as it is: a bare CR or LF would let some
/// servers see a second mail in it, a second From would be shown by some programs and the first by
/// others.
///
/// # Errors
/// What is wrong, for people.
pub(crate) fn check(message: &str, from: &Address) -> Result<(), &'static str> {
    lines(message)?;
    let (head, _) =
        message.split_once("\r\n\r\n").ok_or("there is no empty line after the header")?;
    let names = names(head)?;
    let times = |field: &str| names.iter().filter(|name| name.eq_ignore_ascii_case(field)).count();
    if NEVER.iter().any(|field| times(field) > 0) {
        return Err("a header field is there that has no place in a mail handed over");
    }
    if ONCE.iter().any(|field| times(field) != 1) {
        return Err("From, To, Date and Message-ID must each be there once");
    }
    if AT_MOST_ONCE.iter().any(|field| times(field) > 1) {
        return Err("a header field is there twice that may be there once");
    }
    let parsed = AuthenticatedMessage::parse(message.as_bytes());
    let authors = parsed.as_ref().map_or(&[][..], AuthenticatedMessage::froms);
    match authors {
        [author] if from.is(author) => Ok(()),
        _ => Err("From must hold the sender's address and no other"),
    }
}

/// CRLF and nothing else ends a line, no line is longer than 998 bytes (§2.1.1), and there is no NUL.
fn lines(message: &str) -> Result<(), &'static str> {
    if !message.ends_with("\r\n") {
        return Err("the last line has no end");
    }
    for line in message.split("\r\n") {
        if line.contains(['\r', '\n', '\0']) {
            return Err("CR and LF may only stand together, and NUL nowhere");
        }
        if line.len() > 998 {
            return Err("a line is longer than 998 bytes");
        }
    }
    Ok(())
}

/// The names of the header's fields, continuations left out.
fn names(head: &str) -> Result<Vec<&str>, &'static str> {
    let wrong = "a header line is no field";
    let mut names: Vec<&str> = Vec::new();
    for line in head.split("\r\n") {
        if line.starts_with([' ', '\t']) {
            if names.is_empty() || line.trim().is_empty() {
                return Err(wrong);
            }
            continue;
        }
        let (name, _) = line.split_once(':').ok_or(wrong)?;
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(wrong);
        }
        names.push(name);
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "From: \"Postern, <eve@example.com>\" <postern@example.com>\r\n\
        To: ada@example.com\r\nDate: Sat, 28 Nov 2026 13:00:00 +0000\r\n\
        Message-ID: <1@example.com>\r\nSubject: a\r\n folded one\r\n";

    fn said(message: &str) -> Result<(), &'static str> {
        check(message, &Address::parse("postern@example.com").unwrap())
    }

    #[test]
    fn a_message_of_the_sender_passes() {
        assert_eq!(said(&format!("{HEAD}\r\nText\r\n.\r\n..\r\n")), Ok(()));
        assert_eq!(said(&format!("{HEAD}\r\n")), Ok(()));
    }

    #[test]
    fn a_message_that_may_be_read_as_two_is_refused() {
        for text in [
            "a\n.\nMAIL FROM:<eve@example.com>\r\n",
            "a\n.\r\nMAIL FROM:<eve@example.com>\r\n",
            "a\r.\r\nMAIL FROM:<eve@example.com>\r\n",
            "a\r.\rMAIL FROM:<eve@example.com>\r\n",
            "a\0\r\n",
            "no end",
        ] {
            assert!(said(&format!("{HEAD}\r\n{text}")).is_err(), "{text:?}");
        }
        let long = "x".repeat(999);
        assert!(said(&format!("{HEAD}\r\n{long}\r\n")).is_err());
    }

    #[test]
    fn fields_that_were_slipped_in_are_refused() {
        for field in [
            "Bcc: eve@example.com",
            "From: eve@example.com",
            "from : eve@example.com",
            "FROM: postern@example.com",
            "To: eve@example.com",
            "Sender: eve@example.com",
            "Subject: another",
            "DKIM-Signature: v=1",
            "Received: from nowhere",
            "no field",
            ": nameless",
            "Nämé: x",
            " ",
        ] {
            assert!(said(&format!("{HEAD}{field}\r\n\r\nText\r\n")).is_err(), "{field}");
        }
        assert!(said("\r\nText\r\n").is_err());
        assert!(said(HEAD).is_err());
    }

    #[test]
    fn an_author_who_is_not_the_sender_is_refused() {
        for from in [
            "ceo@example.com",
            "postern@example.com, eve@example.com",
            "postern@example.com <eve@example.com>",
            "postern@example.com (x) eve@example.com",
            "Group: postern@example.com, eve@example.com;",
            "",
        ] {
            let head = HEAD.replace("\"Postern, <eve@example.com>\" <postern@example.com>", from);
            assert!(said(&format!("{head}\r\nText\r\n")).is_err(), "{from}");
        }
    }
}

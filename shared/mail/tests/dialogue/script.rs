//! A server that follows a script, what servers usually say, and a driver that does what the dialogue asks for.

use std::collections::VecDeque;

use domain::{EmailAddress, Timestamp};
use mail::message::{Letter, Mailbox, Message};
use mail::smtp::{
    ClientName, Credentials, Dialogue, Envelope, Failure, Loss, Outcome, Patience, Security, Stage,
    Step, Submission, Why,
};
use mail::templates::Rendered;
use uuid::Uuid;

/// What happens when the dialogue waits.
#[derive(Clone, Copy)]
pub(crate) enum Turn {
    /// The server says this, at once.
    Says(&'static str),
    /// The handshake succeeds.
    Tls,
    /// The connection is lost, or the handshake fails.
    Loses(Loss),
}

pub(crate) use Turn::{Loses, Says, Tls};

pub(crate) const GREETING: Turn = Says("220 mail.example ESMTP\r\n");
pub(crate) const PLAIN_EHLO: Turn = Says("250 mail.example\r\n");
pub(crate) const FULL_EHLO: Turn = Says(
    "250-mail.example\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-STARTTLS\r\n\
     250-AUTH PLAIN LOGIN\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n",
);
pub(crate) const SECURE_EHLO: Turn = Says(
    "250-mail.example\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-AUTH LOGIN PLAIN\r\n\
     250-8BITMIME\r\n250 SMTPUTF8\r\n",
);
pub(crate) const OK: Turn = Says("250 2.0.0 Ok\r\n");
pub(crate) const GO_AHEAD: Turn = Says("354 End data with <CR><LF>.<CR><LF>\r\n");
pub(crate) const ENVELOPE_OK: Turn = Says("250 2.1.0 Ok\r\n250 2.1.5 Ok\r\n354 go ahead\r\n");
pub(crate) const QUEUED: Turn = Says("250 2.0.0 Ok: queued as 4F1\r\n");
pub(crate) const BYE: Turn = Says("221 2.0.0 Bye\r\n");

/// What came of it.
#[derive(Debug)]
pub(crate) struct Played {
    /// Everything that was sent, step by step.
    pub(crate) sent: Vec<String>,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) closed: Option<Failure>,
    /// The longest that each wait might have taken.
    pub(crate) waits: Vec<u32>,
}

impl Played {
    pub(crate) fn says(&self, text: &str) -> bool {
        self.sent.iter().any(|sent| sent.contains(text))
    }

    /// The one outcome, in words.
    pub(crate) fn outcome(&self) -> String {
        assert_eq!(self.outcomes.len(), 1, "{self:?}");
        self.outcomes[0].to_string()
    }
}

pub(crate) fn failed(stage: Stage, why: Why) -> Outcome {
    Outcome::Failed(Failure { stage, why })
}

pub(crate) fn submission(security: Security) -> Submission {
    Submission {
        security,
        credentials: None,
        client_name: ClientName::of_url("https://id.example.com"),
        patience: Patience::default(),
    }
}

pub(crate) const IN_CLEAR: Security = Security::None { credentials_in_clear: false };

pub(crate) fn with_password(security: Security) -> Submission {
    let credentials = Some(Credentials::new("postern", "hunter2"));
    Submission { credentials, ..submission(security) }
}

pub(crate) fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

pub(crate) fn mail_to(to: &str) -> (Envelope, Message) {
    let content = Rendered {
        subject: "Subject".to_owned(),
        text: "first\n.\n..second\n".to_owned(),
        html: "<p>third</p>".to_owned(),
    };
    let from = Mailbox::new("Postern", address("postern@example.com"));
    let letter = Letter {
        id: Uuid::from_u128(1),
        app_url: "https://id.example.com",
        from: &from,
        to: &Mailbox::new("Ada", address(to)),
        date: Timestamp::from_ms(0),
        content: &content,
    };
    let envelope = Envelope { from: from.address().clone(), to: address(to) };
    (envelope, letter.compose())
}

/// How the bytes of the server arrive, and when sending breaks.
#[derive(Clone, Copy, Default)]
pub(crate) struct Weather {
    pub(crate) byte_by_byte: bool,
    /// The connection breaks while what begins so is sent.
    pub(crate) breaks_on: Option<&'static str>,
}

/// One mail to Ada over a calm connection.
pub(crate) fn play(submission: Submission, script: &[Turn]) -> Played {
    play_all(submission, &["ada@example.com"], script, Weather::default())
}

pub(crate) fn play_all(
    submission: Submission,
    recipients: &[&str],
    script: &[Turn],
    weather: Weather,
) -> Played {
    let mut dialogue = Dialogue::new(submission);
    for to in recipients {
        let (envelope, message) = mail_to(to);
        dialogue.submit(envelope, message);
    }
    let mut script: VecDeque<Turn> = script.iter().copied().collect();
    let mut played = Played { sent: vec![], outcomes: vec![], closed: None, waits: vec![] };
    loop {
        match dialogue.next() {
            Step::Send { bytes, .. } => {
                let text = String::from_utf8(bytes).unwrap();
                if weather.breaks_on.is_some_and(|breaking| text.starts_with(breaking)) {
                    dialogue.lost(Loss::Closed);
                }
                played.sent.push(text);
            }
            Step::Receive { timeout_ms } => {
                played.waits.push(timeout_ms);
                turn(&mut dialogue, script.pop_front(), weather);
            }
            Step::StartTls => turn(&mut dialogue, script.pop_front(), weather),
            Step::Done(outcome) => played.outcomes.push(outcome),
            Step::Idle => dialogue.quit(),
            Step::Closed(closed) => {
                assert!(script.is_empty(), "the script goes on: {played:?}");
                played.closed = closed;
                return played;
            }
        }
    }
}

fn turn(dialogue: &mut Dialogue, turn: Option<Turn>, weather: Weather) {
    match turn {
        Some(Says(text)) if weather.byte_by_byte => {
            text.as_bytes().chunks(1).for_each(|byte| dialogue.received(byte));
        }
        Some(Says(text)) => dialogue.received(text.as_bytes()),
        Some(Tls) => dialogue.tls_established(),
        Some(Loses(loss)) => dialogue.lost(loss),
        None => dialogue.lost(Loss::TimedOut),
    }
}

//! The protocol of `infra/mail-relay`: what it is asked and what it answers.
//!
//! **In scope**: the types that relay and dispatcher share. **Not in scope**: any I/O; SMTP; when to
//! ask again.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Where mails are handed over, by POST.
pub const MESSAGES_PATH: &str = "/v1/messages";
/// The longest message in bytes.
pub const LONGEST_MESSAGE: usize = 1024 * 1024;
/// The longest answer in bytes.
pub const LONGEST_ANSWER: usize = 16 * 1024;

/// A finished mail, from one address to one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Submission {
    /// The mail's, for good: the relay sends what bears the same id once.
    pub id: Uuid,
    /// Who hears of it when it cannot be delivered (RFC 5321 §2.3.1).
    pub from: String,
    /// Who gets it.
    pub to: String,
    /// Header and body (RFC 5322), with CRLF.
    pub message: String,
}

/// What has become of a mail. Every answer of the relay is one, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Answer {
    /// What to do now.
    pub outcome: Outcome,
    /// How far it came.
    pub stage: Stage,
    /// The mail server's words, or the relay's.
    pub reply: String,
}

/// What to do with a mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    /// A server has taken it: nothing.
    Delivered,
    /// Ask again later; other mails may go meanwhile.
    Deferred,
    /// The same, but a server may have taken it and did not say so.
    Unconfirmed,
    /// Nobody will ever take it: nothing.
    Refused,
    /// Ask again later, and of other mails too: none can be sent now.
    Unreachable,
}

/// How far a mail came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// To the relay and no further.
    Relay,
    /// Opening the connection to the mail server.
    Connect,
    /// The handshake, or the server's readiness for it.
    Tls,
    /// The server's greeting and its answer to ours.
    Greeting,
    /// The user name and password.
    Authentication,
    /// The sender's address.
    Sender,
    /// The recipient's address.
    Recipient,
    /// The message itself.
    Message,
}

impl Stage {
    /// One word for it, as stored and sent: stable, and the dispatcher's for the same.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Relay => "relay",
            Self::Connect => "connect",
            Self::Tls => "tls",
            Self::Greeting => "greeting",
            Self::Authentication => "authentication",
            Self::Sender => "sender",
            Self::Recipient => "recipient",
            Self::Message => "message",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_travels_is_pinned() {
        let submission = Submission {
            id: Uuid::from_u128(7),
            from: "postern@example.com".to_owned(),
            to: "ada@example.com".to_owned(),
            message: "Subject: x\r\n\r\n".to_owned(),
        };
        let text = r#"{"id":"00000000-0000-0000-0000-000000000007","from":"postern@example.com","to":"ada@example.com","message":"Subject: x\r\n\r\n"}"#;
        assert_eq!(serde_json::to_string(&submission).unwrap(), text);
        assert_eq!(serde_json::from_str::<Submission>(text).unwrap(), submission);
        let answer = Answer {
            outcome: Outcome::Refused,
            stage: Stage::Recipient,
            reply: "550 no".to_owned(),
        };
        let text = r#"{"outcome":"refused","stage":"recipient","reply":"550 no"}"#;
        assert_eq!(serde_json::to_string(&answer).unwrap(), text);
        assert_eq!(serde_json::from_str::<Answer>(text).unwrap(), answer);
    }

    #[test]
    fn what_is_more_or_less_is_refused() {
        for text in [
            r#"{"id":"00000000-0000-0000-0000-000000000007","from":"a","to":"b"}"#,
            r#"{"id":"7","from":"a","to":"b","message":"c"}"#,
            r#"{"id":"00000000-0000-0000-0000-000000000007","from":"a","to":"b","message":"c","bcc":"d"}"#,
            r#"{"id":"00000000-0000-0000-0000-000000000007","from":"a","to":["b","c"],"message":"d"}"#,
        ] {
            assert!(serde_json::from_str::<Submission>(text).is_err(), "{text}");
        }
    }
}

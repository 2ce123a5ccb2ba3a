use std::fmt;

use super::Reply;

/// What became of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The server has taken it and answers for it from here on.
    Delivered {
        /// Its words, which often hold its own id for the mail.
        reply: Reply,
    },
    /// The server will not take it now (4xx, or 421 at any time): try later.
    Deferred {
        /// Where in the dialogue.
        stage: Stage,
        /// The server's words.
        reply: Reply,
    },
    /// The server will never take it (5xx to sender, recipient or message): final.
    Refused {
        /// Where in the dialogue: the recipient's fault, or our settings'.
        stage: Stage,
        /// The server's words.
        reply: Reply,
    },
    /// It was certainly not delivered, and not for an answer to this mail.
    Failed(Failure),
    /// The connection went after the final dot and before its reply: it may or may not have been
    /// delivered, and nobody can tell (RFC 1047).
    Unknown {
        /// How the connection went.
        why: Why,
    },
}

impl Outcome {
    /// Whether trying again cannot help, or is not needed.
    pub const fn is_final(&self) -> bool {
        match self {
            Self::Delivered { .. } | Self::Refused { .. } => true,
            Self::Failed(failure) => failure.is_about_the_mail(),
            Self::Deferred { .. } | Self::Unknown { .. } => false,
        }
    }
}

/// Where in the dialogue something went wrong, in the order in which it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Opening the connection.
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
    /// One word for it, as stored and sent: stable.
    pub const fn as_str(self) -> &'static str {
        match self {
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

/// Where something went wrong, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Where in the dialogue.
    pub stage: Stage,
    /// What.
    pub why: Why,
}

impl Failure {
    /// Whether it concerns this mail alone, and so will be the same next time: other mails may go.
    pub const fn is_about_the_mail(&self) -> bool {
        matches!(self.why, Why::TooLarge { .. } | Why::NotOffered(Extension::SmtpUtf8))
    }
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The server said no.
    Answered(Reply),
    /// The server does not offer what this needs.
    NotOffered(Extension),
    /// The message is larger than the server takes (RFC 1870).
    TooLarge {
        /// The most that it takes, in bytes.
        limit: usize,
    },
    /// The password would have gone in clear, and nobody said that it may.
    CredentialsInClear,
    /// There were bytes in clear where TLS was to begin: somebody put them there.
    Injected,
    /// What answered does not speak SMTP.
    NotSmtp,
    /// No connection could be opened.
    Unreachable,
    /// The TLS handshake failed or the certificate is not to be trusted.
    TlsRefused,
    /// The connection was closed or broke.
    Closed,
    /// The server did not answer in time.
    TimedOut,
}

/// What a server may offer and we may need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extension {
    /// STARTTLS (RFC 3207): asked for by the settings, not offered, perhaps stripped on the way.
    StartTls,
    /// AUTH PLAIN or AUTH LOGIN (RFC 4954).
    Auth,
    /// Addresses beyond ASCII (RFC 6531).
    SmtpUtf8,
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Delivered { reply } => write!(f, "The server took the mail: {reply}"),
            Self::Deferred { stage, reply } => write!(f, "{stage}: not now: {reply}"),
            Self::Refused { stage, reply } => write!(f, "{stage}: refused: {reply}"),
            Self::Failed(failure) => failure.fmt(f),
            Self::Unknown { why } => {
                write!(f, "The connection ended before the server confirmed the mail: {why}")
            }
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "Connection",
            Self::Tls => "TLS",
            Self::Greeting => "Greeting",
            Self::Authentication => "Sign-in",
            Self::Sender => "Sender",
            Self::Recipient => "Recipient",
            Self::Message => "Message",
        })
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.stage, self.why)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Answered(reply) => return write!(f, "the server said no: {reply}"),
            Self::TooLarge { limit } => {
                return write!(f, "the server takes at most {limit} bytes");
            }
            Self::NotOffered(Extension::StartTls) => "the server does not offer STARTTLS",
            Self::NotOffered(Extension::Auth) => {
                "the server does not offer AUTH PLAIN or AUTH LOGIN"
            }
            Self::NotOffered(Extension::SmtpUtf8) => {
                "the server does not take addresses with letters beyond ASCII"
            }
            Self::CredentialsInClear => "the password would have been sent in clear",
            Self::Injected => "something was sent in clear where TLS was to begin",
            Self::NotSmtp => "what answered does not speak SMTP",
            Self::Unreachable => "no connection could be opened",
            Self::TlsRefused => "the handshake failed or the certificate cannot be trusted",
            Self::Closed => "the connection was closed",
            Self::TimedOut => "the server did not answer in time",
        })
    }
}

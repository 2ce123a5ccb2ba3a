use std::fmt;

use async_trait::async_trait;

use crate::Detail;

/// A service of the runtime's vendor that takes finished mails.
#[async_trait]
pub trait MailService: Send + Sync {
    /// Hands over `message` (RFC 5322, with CRLF) from an address to an address, and gives the
    /// service's own name for it.
    ///
    /// # Errors
    /// See [`MailServiceError`].
    async fn send(
        &self,
        from: &str,
        to: &str,
        message: &str,
        timeout_ms: u32,
    ) -> Result<String, MailServiceError>;
}

/// Why a service did not take a mail.
#[derive(Debug)]
pub enum MailServiceError {
    /// It said no: its code, empty if there is none, and its words.
    Refused {
        /// Such as `E_RATE_LIMIT_EXCEEDED`.
        code: String,
        /// What it said.
        detail: Detail,
    },
    /// It did not answer in time. It may have taken the mail.
    TimedOut,
}

impl fmt::Display for MailServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { code, detail } if code.is_empty() => detail.fmt(f),
            Self::Refused { code, detail } => write!(f, "{code}: {detail}"),
            Self::TimedOut => f.write_str("no answer in time"),
        }
    }
}

impl std::error::Error for MailServiceError {}

use domain::Timestamp;
use uuid::Uuid;

use super::Mailbox;
use crate::templates::Rendered;

/// Everything that a message is made of.
#[derive(Debug)]
pub struct Letter<'a> {
    /// The mail's id: the Message-ID follows from it, so a second attempt carries the same one.
    pub id: Uuid,
    /// The deployment's address (`https://id.example.com`): the Message-ID's right side.
    pub app_url: &'a str,
    /// Who sends it.
    pub from: &'a Mailbox,
    /// Who gets it.
    pub to: &'a Mailbox,
    /// When it was written.
    pub date: Timestamp,
    /// Subject, text and HTML.
    pub content: &'a Rendered,
}

/// A message as it is sent: CRLF line ends, lines of at most 998 bytes, 7-bit (but for addresses
/// beyond ASCII in its headers, see [`Message::needs_smtputf8`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    bytes: Vec<u8>,
    needs_smtputf8: bool,
}

impl Letter<'_> {
    /// Writes the message down.
    pub fn compose(&self) -> Message {
        Message { bytes: Vec::new(), needs_smtputf8: false }
    }

    /// `id@host`, without the angle brackets.
    pub fn message_id(&self) -> String {
        let host = super::host_of(self.app_url).unwrap_or("localhost");
        format!("{}@{host}", self.id)
    }
}

impl Message {
    /// The message, as in an `.eml` file.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether a header holds an address beyond ASCII, which only a server with SMTPUTF8 takes
    /// (RFC 6531, 6532).
    pub const fn needs_smtputf8(&self) -> bool {
        self.needs_smtputf8
    }
}

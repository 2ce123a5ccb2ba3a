use domain::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::{BodyPart, MimePart};
use uuid::Uuid;

use super::Mailbox;
use super::text::header_text;
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
    /// Writes the message down. The same letter gives the same bytes.
    pub fn compose(&self) -> Message {
        let addresses = [self.from.address(), self.to.address()];
        let needs_smtputf8 = addresses.iter().any(|address| !address.as_str().is_ascii());
        let mut bytes = Vec::new();
        // What is not given here the library would take from a clock: Date, Message-ID, boundary.
        MessageBuilder::new()
            .from(self.from.header())
            .to(self.to.header())
            .subject(header_text(&self.content.subject))
            .date(Date::new(self.date.as_seconds()))
            .message_id(MessageId::new(self.message_id()))
            // RFC 3834 §5: no holiday notices, please; the second says it to Exchange.
            .header("Auto-Submitted", Raw::new("auto-generated"))
            .header("X-Auto-Response-Suppress", Raw::new("All"))
            .body(self.body())
            .serialize(&mut bytes);
        Message { bytes, needs_smtputf8 }
    }

    /// `id@host`, without the angle brackets.
    pub fn message_id(&self) -> String {
        let host = super::host_of(self.app_url).unwrap_or("localhost");
        format!("{}@{host}", self.id)
    }

    fn body(&self) -> MimePart<'_> {
        // `=_` stands in no quoted-printable and no base64 text (RFC 2045 §6.7), and nobody who
        // writes into a mail's text knows its id.
        let boundary = format!("=_postern_{}", self.id.simple());
        let alternatives =
            ContentType::new("multipart/alternative").attribute("boundary", boundary);
        // The richest comes last (RFC 2046 §5.1.4).
        let parts = vec![
            MimePart::new("text/plain", self.content.text.as_str()),
            MimePart::new("text/html", self.content.html.as_str()),
        ];
        MimePart {
            headers: vec![("Content-Type".into(), HeaderType::ContentType(alternatives))],
            contents: BodyPart::Multipart(parts),
        }
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

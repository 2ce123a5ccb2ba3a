use std::fmt;
use std::slice::Iter;

use smtp_proto::Response;
use smtp_proto::response::parser::ResponseReceiver;

/// Reads replies as their bytes come, keeping no more than one reply may hold.
#[derive(Default)]
pub(super) struct Receiver {
    inner: ResponseReceiver,
    taken: usize,
}

/// A reply has lines of at most 512 bytes (RFC 5321 §4.5.3.1.5), and no server offers a hundred
/// extensions. `smtp-proto` bounds the words of a reply, not its empty lines.
const LONGEST_REPLY: usize = 16 * 1024;

/// What came is no reply.
#[derive(Debug)]
pub(super) struct NotSmtp;

impl Receiver {
    /// Takes from `bytes` until a reply is complete; `None` when there must come more.
    pub(super) fn take(
        &mut self,
        bytes: &mut Iter<'_, u8>,
    ) -> Result<Option<Response<String>>, NotSmtp> {
        let before = bytes.len();
        let parsed = self.inner.parse(bytes);
        self.taken += before - bytes.len();
        match parsed {
            Ok(response) if (200..600).contains(&response.code) => {
                *self = Self::default();
                Ok(Some(response))
            }
            Err(smtp_proto::Error::NeedsMoreData { .. }) if self.taken <= LONGEST_REPLY => Ok(None),
            _ => Err(NotSmtp),
        }
    }
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Receiver({} bytes)", self.taken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smtp::Reply;

    fn read(bytes: &[u8]) -> Result<Option<String>, NotSmtp> {
        let response = Receiver::default().take(&mut bytes.iter())?;
        Ok(response.map(|response| Reply::from_proto(&response).to_string()))
    }

    #[test]
    fn a_reply_keeps_its_code_its_enhanced_code_and_its_words() {
        for (bytes, reply) in [
            ("250 2.0.0 Ok: queued as 4F1\r\n", "250 2.0.0 Ok: queued as 4F1"),
            ("550-5.1.1 No such\r\n550 5.1.1 user\r\n", "550 5.1.1 No such user"),
            ("550 \u{1b}[31mred\tand   wide\r\n", "550 [31mred and wide"),
            ("250\r\n", "250"),
            ("250 ok\n", "250 ok"),
        ] {
            assert_eq!(read(bytes.as_bytes()).unwrap().as_deref(), Some(reply), "{bytes:?}");
        }
    }

    #[test]
    fn words_are_cut_where_no_letter_breaks() {
        let long = format!("550 {}\r\n", "é".repeat(900));
        assert_eq!(read(long.as_bytes()).unwrap().unwrap().chars().count(), 504);
        assert!(read(b"550 \xff\xfe\r\n").unwrap().is_some());
    }

    #[test]
    fn whatever_is_no_reply_ends_within_bounded_memory() {
        assert!(read(b"HTTP/1.1 400 Bad Request\r\n").is_err());
        assert!(read(b"\x16\x03\x01").is_err());
        assert!(read(b"199 too low\r\n").is_err());
        assert!(read(b"600 too high\r\n").is_err());
        assert!(read(&[b"250 ".as_slice(), &b"x".repeat(20_000)].concat()).is_err());
        for endless in [b"250-\r\n".as_slice(), b"250-a\r\n", b"250\r", b"2500"] {
            assert!(read(&endless.repeat(20_000)).is_err(), "{endless:?}");
        }
    }
}

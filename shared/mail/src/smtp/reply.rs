use std::fmt;

/// A server's reply: its code, its enhanced code (RFC 3463) if it gave one, its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    code: u16,
    enhanced: Option<[u8; 3]>,
    text: String,
}

/// Enough for what servers explain, short enough to store and show.
const LONGEST_TEXT: usize = 500;

impl Reply {
    /// Three digits, such as 250.
    pub const fn code(&self) -> u16 {
        self.code
    }

    /// Class, subject and detail, such as `[5, 1, 1]`.
    pub const fn enhanced(&self) -> Option<[u8; 3]> {
        self.enhanced
    }

    /// The server's words without codes, its lines joined by a space: no control characters, at most
    /// 500 characters. From outside: escape it where it is shown.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) const fn is_positive(&self) -> bool {
        self.code / 100 == 2
    }

    pub(super) const fn is_transient(&self) -> bool {
        self.code / 100 == 4
    }

    pub(super) fn from_proto(response: &smtp_proto::Response<String>) -> Self {
        let words = response.message.split(|c: char| c.is_control() || c == ' ');
        let mut text = String::new();
        for word in words.filter(|word| !word.is_empty()) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        if let Some((end, _)) = text.char_indices().nth(LONGEST_TEXT) {
            text.truncate(end);
        }
        let enhanced = (response.esc[0] != 0).then_some(response.esc);
        Self { code: response.code, enhanced, text }
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some([class, subject, detail]) = self.enhanced {
            write!(f, " {class}.{subject}.{detail}")?;
        }
        if self.text.is_empty() { Ok(()) } else { write!(f, " {}", self.text) }
    }
}

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// A value of an attribute: text as a JSON string, anything else as `{"base64": "…"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// UTF-8 without control characters.
    Text(String),
    /// Any bytes.
    Bytes {
        /// Them, in base64 with padding.
        base64: String,
    },
}

impl Value {
    /// The value whose bytes these are.
    pub fn of(bytes: Vec<u8>) -> Self {
        match String::from_utf8(bytes) {
            // Control characters take six letters each in JSON, which would break the line's limit.
            Ok(text) if !text.contains(is_control) => Self::Text(text),
            Ok(text) => Self::encoded(text.as_bytes()),
            Err(error) => Self::encoded(error.as_bytes()),
        }
    }

    fn encoded(bytes: &[u8]) -> Self {
        Self::Bytes { base64: STANDARD.encode(bytes) }
    }

    /// The text, unless the value is not text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes { .. } => None,
        }
    }

    /// The bytes, unless the base64 is broken.
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Text(text) => Some(text.into_bytes()),
            Self::Bytes { base64 } => STANDARD.decode(base64).ok(),
        }
    }
}

fn is_control(letter: char) -> bool {
    letter.is_ascii_control() && !matches!(letter, '\n' | '\r' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text_and_the_rest_is_base64() {
        let json = |bytes: &[u8]| serde_json::to_string(&Value::of(bytes.to_vec())).unwrap();
        assert_eq!(json("Zoë \"Z\"".as_bytes()), r#""Zoë \"Z\"""#);
        assert_eq!(json(&[0xff, 0xd8]), r#"{"base64":"/9g="}"#);
        assert_eq!(json(b"a\0b"), r#"{"base64":"YQBi"}"#);
    }

    #[test]
    fn bytes_come_back_as_they_were() {
        for bytes in [&b"plain"[..], &[0xff, 0xd8], b"a\0b", b""] {
            let json = serde_json::to_string(&Value::of(bytes.to_vec())).unwrap();
            let value: Value = serde_json::from_str(&json).unwrap();
            assert_eq!(value.into_bytes().unwrap(), bytes);
        }
    }
}

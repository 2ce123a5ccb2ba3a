use platform::nfc;

use crate::name::line;
use crate::violation::check_length;
use crate::{Timestamp, Violation};

/// The name of an API key: 3–50 characters, NFC. It need not be unique.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyName(String);

/// What an API key is for: at most 255 characters, may have line breaks, NFC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKeyDescription(String);

/// When an API key ends: later than now, and writable as RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApiKeyExpiration(Timestamp);

impl ApiKeyName {
    /// Checks and normalises `text`.
    ///
    /// # Errors
    /// When it is empty, too short, too long or has control characters.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        if text.trim().is_empty() {
            return Err(Violation::Required);
        }
        if text.chars().count() < 3 {
            return Err(Violation::TooShort { min: 3 });
        }
        line(text, 50).map(Self)
    }

    /// The name in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ApiKeyDescription {
    /// Checks and normalises `text`.
    ///
    /// # Errors
    /// When it is too long or has control characters other than line breaks and tabs.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        check_length(text, 255)?;
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(Violation::InvalidFormat { rule: "must not contain control characters" });
        }
        Ok(Self(nfc(text)))
    }

    /// The description in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ApiKeyExpiration {
    /// Reads RFC 3339 text; `now` and what lies before it is no expiration.
    ///
    /// # Errors
    /// When it is missing, no RFC 3339, or does not lie in the future.
    pub fn parse(text: Option<&str>, now: Timestamp) -> Result<Self, Violation> {
        let text = text.filter(|text| !text.is_empty()).ok_or(Violation::Required)?;
        Timestamp::from_rfc3339(text)
            .filter(|at| *at > now && at.to_rfc3339().is_some())
            .map(Self)
            .ok_or(Violation::InvalidFormat { rule: "must be a date and time in the future" })
    }

    /// The moment.
    pub fn at(self) -> Timestamp {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_three_to_fifty_characters() {
        assert_eq!(ApiKeyName::parse("  "), Err(Violation::Required));
        assert_eq!(ApiKeyName::parse("ci"), Err(Violation::TooShort { min: 3 }));
        assert!(ApiKeyName::parse("бот").is_ok());
        assert!(ApiKeyName::parse(&"ö".repeat(50)).is_ok());
        assert_eq!(ApiKeyName::parse(&"ö".repeat(51)), Err(Violation::TooLong { max: 50 }));
        assert!(ApiKeyName::parse("a\nbc").is_err());
        assert_eq!(ApiKeyName::parse("o\u{308}ko").unwrap().as_str(), "\u{f6}ko");
    }

    #[test]
    fn a_description_may_have_lines_and_nothing_worse() {
        assert!(ApiKeyDescription::parse("").is_ok());
        assert!(ApiKeyDescription::parse("one\n\ttwo").is_ok());
        assert!(ApiKeyDescription::parse("nul\0").is_err());
        assert!(ApiKeyDescription::parse(&"x".repeat(255)).is_ok());
        assert_eq!(
            ApiKeyDescription::parse(&"x".repeat(256)),
            Err(Violation::TooLong { max: 255 })
        );
    }

    #[test]
    fn an_expiration_lies_in_the_future_and_can_be_written() {
        let now = Timestamp::from_ms(1_795_340_205_250);
        let parse = |text| ApiKeyExpiration::parse(Some(text), now);
        assert_eq!(parse("2026-11-22T10:36:45.251+01:00").unwrap().at().as_ms(), now.as_ms() + 1);
        assert_eq!(ApiKeyExpiration::parse(None, now), Err(Violation::Required));
        assert_eq!(parse(""), Err(Violation::Required));
        for text in [
            "2026-11-22T09:36:45.250Z",
            "1970-01-01T00:00:00Z",
            "2030-01-01",
            "2030-01-01T00:00:00",
            "2030-02-30T00:00:00Z",
            "9999-12-31T23:59:59-23:00",
            "tomorrow",
        ] {
            assert!(matches!(parse(text), Err(Violation::InvalidFormat { .. })), "{text}");
        }
    }
}

use crate::Violation;
use crate::violation::check_length;

/// A preferred language: a tag such as `en` or `pt-BR` (RFC 5646), at most 35 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locale(String);

impl Locale {
    /// Checks `text`.
    ///
    /// # Errors
    /// When it is not subtags of letters and digits, joined by hyphens.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        check_length(text, 35)?;
        let is_subtag = |subtag: &str| {
            (1..=8).contains(&subtag.len()) && subtag.chars().all(|c| c.is_ascii_alphanumeric())
        };
        if text.split('-').all(is_subtag) {
            Ok(Self(text.to_owned()))
        } else {
            Err(Violation::InvalidFormat { rule: "must be a language tag such as en or pt-BR" })
        }
    }

    /// The tag as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_pass_and_everything_else_does_not() {
        for tag in ["en", "pt-BR", "zh-Hant-TW", "x"] {
            assert!(Locale::parse(tag).is_ok(), "{tag}");
        }
        for text in ["", "en_US", "en-", "<b>", "deutschland", "en\n"] {
            assert!(Locale::parse(text).is_err(), "{text:?}");
        }
    }
}

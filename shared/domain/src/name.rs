use platform::nfc;

use crate::Violation;
use crate::violation::check_length;

/// A first or last name: at most 50 characters, may be empty, NFC.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonName(String);

/// The name shown to people: at most 100 characters, NFC. Where it is left empty it is
/// "first last", cut where that is longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayName(String);

/// The name of a passkey: 1–50 characters, NFC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialName(String);

/// Most characters of a name shown to people.
const MOST_SHOWN: usize = 100;

impl PersonName {
    /// Checks and normalises `text`.
    ///
    /// # Errors
    /// When it is too long or has control characters.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        line(text, 50).map(Self)
    }

    /// The name in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl DisplayName {
    /// Checks and normalises `text`; an empty one becomes "first last".
    ///
    /// # Errors
    /// When it is too long or has control characters.
    pub fn parse(text: &str, first: &str, last: &str) -> Result<Self, Violation> {
        let text = line(text, MOST_SHOWN)?;
        if !text.trim().is_empty() {
            return Ok(Self(text));
        }
        let mut joined = nfc(format!("{} {}", first.trim(), last.trim()).trim());
        if let Some((end, _)) = joined.char_indices().nth(MOST_SHOWN) {
            joined.truncate(end);
        }
        Ok(Self(joined))
    }

    /// The name in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl CredentialName {
    /// A name of ours, such as the product's: known to keep the rules, so that a function that
    /// takes no other names does not carry Unicode's tables.
    pub fn known(name: &'static str) -> Self {
        Self(name.to_owned())
    }

    /// Checks and normalises `text`.
    ///
    /// # Errors
    /// When it is empty, too long or has control characters.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        if text.trim().is_empty() {
            return Err(Violation::Required);
        }
        line(text, 50).map(Self)
    }

    /// The name in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One line of text. Lengths count characters before normalising, as the contract says.
pub(crate) fn line(text: &str, max: usize) -> Result<String, Violation> {
    check_length(text, max)?;
    if text.chars().any(char::is_control) {
        return Err(Violation::InvalidFormat { rule: "must not contain control characters" });
    }
    Ok(nfc(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_display_name_becomes_first_and_last() {
        let name = |display, first, last| DisplayName::parse(display, first, last).unwrap().0;
        assert_eq!(name("", "Ada", "Lovelace"), "Ada Lovelace");
        assert_eq!(name("  ", "Ada", ""), "Ada");
        assert_eq!(name("Countess", "Ada", "Lovelace"), "Countess");
        let (first, last) = ("é".repeat(50), "ü".repeat(50));
        let made = name("", &first, &last);
        assert_eq!(made, format!("{first} {}", "ü".repeat(49)));
        assert_eq!(name(&made, &first, &last), made);
    }

    #[test]
    fn lengths_count_characters_and_text_is_composed() {
        assert_eq!(PersonName::parse(&"ö".repeat(50)).unwrap().as_str().chars().count(), 50);
        assert_eq!(PersonName::parse(&"ö".repeat(51)), Err(Violation::TooLong { max: 50 }));
        assert_eq!(PersonName::parse("o\u{308}").unwrap().as_str(), "\u{f6}");
        assert!(PersonName::parse("a\nb").is_err());
    }
}

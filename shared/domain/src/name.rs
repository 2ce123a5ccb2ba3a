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
    /// When it is too long, has control characters or shows nothing.
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
    /// When it is too long, has control characters or shows nothing.
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
    /// When it shows nothing, is too long or has control characters.
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
    if text.chars().any(is_control) {
        return Err(Violation::InvalidFormat { rule: "must not contain control characters" });
    }
    if text.chars().all(is_invisible) && !text.trim().is_empty() {
        return Err(Violation::InvalidFormat { rule: "must have a visible character" });
    }
    Ok(nfc(text))
}

/// Whether a character has no place in a name: it controls a terminal, or turns the text around the
/// name (Unicode's explicit embeddings, overrides and isolates).
pub fn is_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character shows nothing: white space, and what Unicode lets be ignored or draws blank. Scripts
/// and emoji need some of these between visible ones, so they are refused only where they are alone.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}'
            | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}'
            | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{e0000}'..='\u{e0fff}')
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

    #[test]
    fn a_name_neither_turns_the_text_around_it_nor_shows_nothing() {
        let is_name = |text: &str| PersonName::parse(text).is_ok();
        for c in ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}'] {
            assert!(!is_name(&format!("a{c}b")), "{c:?}");
        }
        for c in ['\u{ad}', '\u{200b}', '\u{2060}', '\u{2800}', '\u{3164}', '\u{feff}', '\u{e0061}']
        {
            assert!(!is_name(&format!(" {c}{c}")), "{c:?}");
        }
        for text in [
            "",
            " ",
            "\u{5d0}\u{200f}!",
            "\u{0645}\u{200c}\u{06cc}",
            "\u{1f469}\u{200d}\u{1f680}",
            "\u{2764}\u{fe0f}",
        ] {
            assert!(is_name(text), "{text:?}");
        }
    }
}

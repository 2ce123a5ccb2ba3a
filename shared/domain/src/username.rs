use crate::Violation;
use crate::violation::check_length;

/// A username: 1–50 ASCII characters, letters, digits and `_ . @ -`, beginning and ending with a
/// letter or digit. Unique ignoring ASCII case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Username(String);

const RULE: &str = "may only contain letters, numbers, underscores, dots, hyphens and '@' symbols, \
                    and must start and end with a letter or number";

impl Username {
    /// Checks `text` against the rule above.
    ///
    /// # Errors
    /// The first rule that `text` breaks.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        if text.is_empty() {
            return Err(Violation::Required);
        }
        check_length(text, 50)?;
        let edges_ok = text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.ends_with(|c: char| c.is_ascii_alphanumeric());
        if !edges_ok || !text.chars().all(is_allowed) {
            return Err(Violation::InvalidFormat { rule: RULE });
        }
        Ok(Self(text.to_owned()))
    }

    /// The username as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '@' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_usernames_pass() {
        for text in ["a", "anna", "a.b_c-d@e", "7of9", &"x".repeat(50)] {
            assert_eq!(Username::parse(text).map(|u| u.0), Ok(text.to_owned()));
        }
    }

    #[test]
    fn each_broken_rule_has_its_own_violation() {
        assert_eq!(Username::parse(""), Err(Violation::Required));
        assert_eq!(Username::parse(&"x".repeat(51)), Err(Violation::TooLong { max: 50 }));
        for text in [".a", "a.", "a b", "ä", "a\u{200b}b", "a\n", "-"] {
            assert_eq!(
                Username::parse(text),
                Err(Violation::InvalidFormat { rule: RULE }),
                "{text:?}"
            );
        }
    }
}

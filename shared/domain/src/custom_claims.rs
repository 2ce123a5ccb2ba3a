use platform::nfc;

use crate::claim::is_reserved_claim;
use crate::violation::check_length;
use crate::{FieldViolation, Violation};

/// A custom claim's key: 1–100 characters, NFC, none that a standard claim owns. Case counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimKey(String);

/// A custom claim's value: 1–1,000 characters, as given. Lines may end in it, since it may be JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimValue(String);

/// The custom claims of one user or group: at most 100, no key twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomClaims(Vec<(ClaimKey, ClaimValue)>);

/// A claim as somebody wrote it.
#[derive(Debug, Clone, Copy)]
pub struct ClaimInput<'a> {
    /// Key.
    pub key: &'a str,
    /// Value.
    pub value: &'a str,
}

/// Why claims are refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimsRefusal {
    /// Fields break their rules.
    Fields(Vec<FieldViolation>),
    /// A standard claim owns this key.
    Reserved(String),
    /// This key is there twice.
    Duplicate(String),
}

const MOST_CLAIMS: usize = 100;
const CONTROL: Violation = Violation::InvalidFormat { rule: "must not contain control characters" };

impl ClaimKey {
    /// Checks and normalises `text`; whether the key is reserved is for [`CustomClaims::parse`].
    fn parse(text: &str) -> Result<Self, Violation> {
        if text.trim().is_empty() {
            return Err(Violation::Required);
        }
        check_length(text, 100)?;
        if text.chars().any(char::is_control) {
            return Err(CONTROL);
        }
        Ok(Self(nfc(text)))
    }

    /// The key in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ClaimValue {
    fn parse(text: &str) -> Result<Self, Violation> {
        if text.is_empty() {
            return Err(Violation::Required);
        }
        check_length(text, 1000)?;
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(CONTROL);
        }
        Ok(Self(text.to_owned()))
    }

    /// The value as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl CustomClaims {
    /// Checks every claim, then the keys against the reserved ones and each other.
    ///
    /// # Errors
    /// Every rule that is broken, each once; else the first key that is reserved or there twice.
    pub fn parse<'a>(
        inputs: impl ExactSizeIterator<Item = ClaimInput<'a>>,
    ) -> Result<Self, ClaimsRefusal> {
        if inputs.len() > MOST_CLAIMS {
            let violation = Violation::TooMany { max: MOST_CLAIMS };
            let found = FieldViolation { field: "customClaims", violation };
            return Err(ClaimsRefusal::Fields(vec![found]));
        }
        let mut claims = Vec::with_capacity(inputs.len());
        let mut broken: Vec<FieldViolation> = Vec::new();
        for input in inputs {
            match (ClaimKey::parse(input.key), ClaimValue::parse(input.value)) {
                (Ok(key), Ok(value)) => claims.push((key, value)),
                (key, value) => {
                    note(&mut broken, "key", key.err());
                    note(&mut broken, "value", value.err());
                }
            }
        }
        if !broken.is_empty() {
            return Err(ClaimsRefusal::Fields(broken));
        }
        distinct(&claims)?;
        Ok(Self(claims))
    }

    /// Key and value of each claim, in the order given.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }
}

fn note(broken: &mut Vec<FieldViolation>, field: &'static str, violation: Option<Violation>) {
    let found = violation.map(|violation| FieldViolation { field, violation });
    broken.extend(found.filter(|found| !broken.contains(found)));
}

fn distinct(claims: &[(ClaimKey, ClaimValue)]) -> Result<(), ClaimsRefusal> {
    for (i, (key, _)) in claims.iter().enumerate() {
        if is_reserved_claim(key.as_str()) {
            return Err(ClaimsRefusal::Reserved(key.0.clone()));
        }
        if claims.iter().take(i).any(|(earlier, _)| earlier == key) {
            return Err(ClaimsRefusal::Duplicate(key.0.clone()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(pairs: &[(&str, &str)]) -> Result<CustomClaims, ClaimsRefusal> {
        CustomClaims::parse(pairs.iter().map(|(key, value)| ClaimInput { key, value }))
    }

    #[test]
    fn keys_and_values_are_kept_from_both_sides_of_their_limits() {
        let (key, value) = ("k".repeat(100), "v".repeat(1000));
        assert!(parse(&[(&key, &value)]).is_ok());
        let (key, value) = (key + "k", value + "v");
        let Err(ClaimsRefusal::Fields(found)) = parse(&[(&key, &value), ("", ""), (" ", "x")])
        else {
            panic!("accepted")
        };
        let found: Vec<_> = found.iter().map(|found| (found.field, found.violation)).collect();
        let expected = [
            ("key", Violation::TooLong { max: 100 }),
            ("value", Violation::TooLong { max: 1000 }),
            ("key", Violation::Required),
            ("value", Violation::Required),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_key_is_reserved_or_double_exactly_as_it_is_written() {
        assert_eq!(parse(&[("sub", "x")]), Err(ClaimsRefusal::Reserved("sub".to_owned())));
        assert!(parse(&[("Sub", "x"), ("a", "1"), ("A", "2")]).is_ok());
        assert_eq!(
            parse(&[("o\u{308}", "1"), ("\u{f6}", "2")]),
            Err(ClaimsRefusal::Duplicate("\u{f6}".to_owned()))
        );
    }

    #[test]
    fn a_hundred_claims_pass_and_one_more_does_not() {
        let keys: Vec<_> = (0..101).map(|i| format!("key{i}")).collect();
        let pairs: Vec<_> = keys.iter().map(|key| (key.as_str(), "x")).collect();
        assert_eq!(parse(&pairs[..100]).map(|claims| claims.iter().len()), Ok(100));
        assert!(matches!(parse(&pairs), Err(ClaimsRefusal::Fields(_))));
    }

    #[test]
    fn values_may_be_json_over_several_lines_but_hold_no_other_control_characters() {
        assert!(parse(&[("a", "{\n\t\"b\": 1\r\n}")]).is_ok());
        assert!(parse(&[("a", "\u{0}")]).is_err());
        assert!(parse(&[("a\n", "x")]).is_err());
    }
}

use crate::name::line;
use crate::{FieldViolation, Violation, Violations};

/// A group's name for machines: 2–255 characters, NFC. Unique, case counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupName(String);

/// A group's name for people: 2–50 characters, NFC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupFriendlyName(String);

/// What a group is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupNames {
    /// By machines.
    pub name: GroupName,
    /// By people.
    pub friendly_name: GroupFriendlyName,
}

impl GroupName {
    /// Checks and normalises `text`.
    ///
    /// # Errors
    /// When it shows nothing, is too short, too long or has control characters.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        title(text, 255).map(Self)
    }

    /// The name in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl GroupFriendlyName {
    /// Checks and normalises `text`.
    ///
    /// # Errors
    /// When it shows nothing, is too short, too long or has control characters.
    pub fn parse(text: &str) -> Result<Self, Violation> {
        title(text, 50).map(Self)
    }

    /// The name in NFC.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl GroupNames {
    /// Checks both names.
    ///
    /// # Errors
    /// Everything that is wrong, by field in the order of the form.
    pub fn parse(friendly_name: &str, name: &str) -> Result<Self, Vec<FieldViolation>> {
        let mut found = Violations::default();
        let friendly_name = found.check("friendlyName", GroupFriendlyName::parse(friendly_name));
        let name = found.check("name", GroupName::parse(name));
        match (name, friendly_name) {
            (Some(name), Some(friendly_name)) => Ok(Self { name, friendly_name }),
            _ => Err(found.into_vec()),
        }
    }
}

fn title(text: &str, max: usize) -> Result<String, Violation> {
    if text.trim().is_empty() {
        return Err(Violation::Required);
    }
    if text.chars().nth(1).is_none() {
        return Err(Violation::TooShort { min: 2 });
    }
    line(text, max)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_from_both_sides_of_their_limits() {
        let name = |text: &str| GroupName::parse(text).map(|name| name.0);
        assert_eq!(name(""), Err(Violation::Required));
        assert_eq!(name(" \t"), Err(Violation::Required));
        assert_eq!(name("é"), Err(Violation::TooShort { min: 2 }));
        assert_eq!(name("éé"), Ok("éé".to_owned()));
        assert_eq!(name(&"é".repeat(255)), Ok("é".repeat(255)));
        assert_eq!(name(&"é".repeat(256)), Err(Violation::TooLong { max: 255 }));
        assert!(GroupFriendlyName::parse(&"é".repeat(50)).is_ok());
        assert!(GroupFriendlyName::parse(&"é".repeat(51)).is_err());
    }

    #[test]
    fn names_are_composed_and_have_no_control_characters() {
        assert_eq!(GroupName::parse("Zo\u{308}e").unwrap().as_str(), "Z\u{f6}e");
        assert!(matches!(GroupName::parse("a\nb"), Err(Violation::InvalidFormat { .. })));
    }

    #[test]
    fn both_names_are_named_when_both_are_wrong() {
        let found = GroupNames::parse("x", "").unwrap_err();
        let found: Vec<_> =
            found.iter().map(|found| (found.field, found.violation.code())).collect();
        assert_eq!(found, [("friendlyName", "too_short"), ("name", "required")]);
    }
}

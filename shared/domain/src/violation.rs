/// Why a value cannot be what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Violation {
    /// The value is missing or empty.
    Required,
    /// Fewer characters than `min`.
    TooShort {
        /// Least number of characters (Unicode scalar values).
        min: usize,
    },
    /// More characters than `max`.
    TooLong {
        /// Greatest number of characters (Unicode scalar values).
        max: usize,
    },
    /// More entries than `max`.
    TooMany {
        /// Greatest number of entries.
        max: usize,
    },
    /// Not of the form that the words after the field's name describe.
    InvalidFormat {
        /// English, continues "Username …".
        rule: &'static str,
    },
}

impl Violation {
    /// The violation's code on the wire (`details.fields[].code`).
    pub fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } | Self::TooMany { .. } => "too_long",
            Self::InvalidFormat { .. } => "invalid_format",
        }
    }

    /// What to say after the field's name.
    pub fn rule(self) -> String {
        match self {
            Self::Required => "is required".to_owned(),
            Self::TooShort { min } => format!("must be at least {min} characters long"),
            Self::TooLong { max } => format!("must be at most {max} characters long"),
            Self::TooMany { max } => format!("must have at most {max} entries"),
            Self::InvalidFormat { rule } => rule.to_owned(),
        }
    }
}

/// A field by its JSON name, and what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldViolation {
    /// The JSON name, `firstName` say.
    pub field: &'static str,
    /// What is wrong.
    pub violation: Violation,
}

/// Collects what is wrong with a whole form, so that people see everything at once.
#[derive(Debug, Default)]
pub struct Violations(Vec<FieldViolation>);

impl Violations {
    /// Keeps the value, or notes why there is none.
    pub fn check<T>(&mut self, field: &'static str, value: Result<T, Violation>) -> Option<T> {
        value.map_err(|violation| self.0.push(FieldViolation { field, violation })).ok()
    }

    /// Everything found so far, in the order of the checks.
    pub fn into_vec(self) -> Vec<FieldViolation> {
        self.0
    }
}

/// Checks a length in characters, before normalisation as the contract says.
pub(crate) fn check_length(text: &str, max: usize) -> Result<(), Violation> {
    if text.chars().count() > max { Err(Violation::TooLong { max }) } else { Ok(()) }
}

use crate::{
    DisplayName, EmailAddress, FieldViolation, PersonName, Username, Violation, Violations,
};

/// How people are called and reached: what every way of making an account asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Username.
    pub username: Username,
    /// E-mail address.
    pub email: Option<EmailAddress>,
    /// First name.
    pub first_name: PersonName,
    /// Last name.
    pub last_name: PersonName,
    /// The name shown to people.
    pub display_name: DisplayName,
}

/// A profile as somebody wrote it.
#[derive(Debug, Clone, Copy, Default)]
pub struct ProfileInput<'a> {
    /// Username.
    pub username: Option<&'a str>,
    /// E-mail address; an empty one is not a missing one.
    pub email: Option<&'a str>,
    /// First name.
    pub first_name: &'a str,
    /// Last name.
    pub last_name: &'a str,
    /// The name shown to people; empty: made of first and last.
    pub display_name: &'a str,
}

impl Profile {
    /// Checks every field.
    ///
    /// # Errors
    /// Everything that is wrong, by field in the order of the form.
    pub fn parse(
        input: ProfileInput<'_>,
        require_email: bool,
    ) -> Result<Self, Vec<FieldViolation>> {
        let mut found = Violations::default();
        let username = Username::parse(input.username.unwrap_or_default());
        let username = found.check("username", username);
        let email = found.check("email", email(input.email, require_email));
        let first_name = found.check("firstName", PersonName::parse(input.first_name));
        let last_name = found.check("lastName", PersonName::parse(input.last_name));
        let display_name =
            DisplayName::parse(input.display_name, input.first_name, input.last_name);
        let display_name = found.check("displayName", display_name);
        match (username, email, first_name, last_name, display_name) {
            (
                Some(username),
                Some(email),
                Some(first_name),
                Some(last_name),
                Some(display_name),
            ) => Ok(Self { username, email, first_name, last_name, display_name }),
            _ => Err(found.into_vec()),
        }
    }
}

fn email(text: Option<&str>, required: bool) -> Result<Option<EmailAddress>, Violation> {
    match text {
        Some(text) => EmailAddress::parse(text).map(Some),
        None if required => Err(Violation::Required),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_wrong_is_named_at_once() {
        let long = "x".repeat(51);
        let input = ProfileInput { last_name: &long, ..ProfileInput::default() };
        let found: Vec<_> = Profile::parse(input, true)
            .unwrap_err()
            .iter()
            .map(|found| (found.field, found.violation.code()))
            .collect();
        assert_eq!(
            found,
            [("username", "required"), ("email", "required"), ("lastName", "too_long")]
        );
    }

    #[test]
    fn an_address_may_be_missing_where_it_is_not_required_but_never_empty() {
        let ada = ProfileInput { username: Some("ada"), ..ProfileInput::default() };
        assert!(Profile::parse(ada, false).is_ok());
        assert!(Profile::parse(ProfileInput { email: Some(""), ..ada }, false).is_err());
    }
}

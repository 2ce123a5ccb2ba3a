use std::collections::HashSet;

use domain::{EmailAddress, FieldViolation, Locale, Profile, ProfileInput, Violation, nfc};
use http_api::{Problem, Property};
use serde::Serialize;
use store::users::ImportRow;
use utoipa::ToSchema;
use uuid::Uuid;

pub(super) const NO_FLAG: Violation = Violation::InvalidFormat { rule: "must be true or false" };

/// Most groups that a row names.
const MAX_GROUPS: usize = 100;
const TOO_MANY_GROUPS: Violation = Violation::InvalidFormat { rule: "must be at most 100 groups" };
const NO_GROUP_NAME: Violation =
    Violation::InvalidFormat { rule: "must be names of at most 255 characters" };

/// A row as somebody wrote it. `None`: the file says nothing of it.
#[derive(Default)]
pub(crate) struct Draft {
    pub(super) username: Option<String>,
    email: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    display_name: Option<String>,
    locale: Option<String>,
    email_verified: Option<bool>,
    pub(super) is_admin: Option<bool>,
    disabled: Option<bool>,
    pub(super) groups: Option<Vec<String>>,
    wrong: Vec<FieldViolation>,
}

/// What is wrong with a field of a row, as problems say it.
#[derive(Serialize, ToSchema)]
pub(crate) struct WrongField {
    pub(super) field: &'static str,
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl WrongField {
    /// A field, and the problem that it would make by itself.
    pub(super) fn new(field: &'static str, problem: &Problem) -> Self {
        Self { field, code: problem.code().unwrap_or_default(), message: problem.text() }
    }
}

impl From<FieldViolation> for WrongField {
    fn from(wrong: FieldViolation) -> Self {
        let message = Problem::ValidationFailed(vec![wrong]).text();
        Self { field: wrong.field, code: wrong.violation.code(), message }
    }
}

/// Names and addresses that earlier rows have.
#[derive(Default)]
pub(super) struct Seen {
    usernames: HashSet<String>,
    emails: HashSet<String>,
}

impl Draft {
    pub(super) fn refuse(&mut self, field: &'static str, violation: Violation) {
        self.wrong.push(FieldViolation { field, violation });
    }

    pub(super) fn text(&mut self, column: &str, text: String) {
        let field = match column {
            "username" => &mut self.username,
            "email" => &mut self.email,
            "firstName" => &mut self.first_name,
            "lastName" => &mut self.last_name,
            "displayName" => &mut self.display_name,
            _ => &mut self.locale,
        };
        *field = Some(text);
    }

    pub(super) fn flag(&mut self, column: &str, flag: bool) {
        let field = match column {
            "emailVerified" => &mut self.email_verified,
            "isAdmin" => &mut self.is_admin,
            _ => &mut self.disabled,
        };
        *field = Some(flag);
    }

    /// Checks all that can be checked without the database. `ids` are fresh: the user's, should
    /// they be new, and the audit entry's.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub(super) fn check(
        self,
        place: u32,
        ids: (Uuid, Uuid),
        require_email: bool,
        seen: &mut Seen,
    ) -> Result<ImportRow, Vec<WrongField>> {
        // Of a row that cannot be read, nothing else can be said.
        if let Some(broken) = self.wrong.iter().find(|wrong| wrong.field == "row") {
            return Err(vec![WrongField::from(*broken)]);
        }
        let repeated = self.repeated(seen);
        let mut found = self.wrong.clone();
        let profile = self.profile(require_email).map_err(|wrong| found.extend(wrong)).ok();
        let locale = self.locale.as_deref().filter(|text| !text.is_empty()).map(Locale::parse);
        if let Some(Err(violation)) = locale {
            found.push(FieldViolation { field: "locale", violation });
        }
        let groups = self.groups.as_deref().map(group_names).transpose();
        let groups = groups
            .map_err(|violation| found.push(FieldViolation { field: "groups", violation }))
            .unwrap_or_default();
        match profile {
            Some(profile) if found.is_empty() && repeated.is_empty() => {
                Ok(self.row(place, ids, &profile, groups))
            }
            _ => {
                // What is no text at all is missing, too: once is enough.
                let mut wrong: Vec<WrongField> = Vec::new();
                for next in found.into_iter().map(WrongField::from).chain(repeated) {
                    if wrong.iter().all(|other| other.field != next.field) {
                        wrong.push(next);
                    }
                }
                Err(wrong)
            }
        }
    }

    fn email(&self) -> Option<&str> {
        self.email.as_deref().filter(|email| !email.is_empty())
    }

    /// An address that the file does not speak of is missing only to a new user.
    fn profile(&self, require_email: bool) -> Result<Profile, Vec<FieldViolation>> {
        let input = ProfileInput {
            username: self.username.as_deref(),
            email: self.email(),
            first_name: self.first_name.as_deref().unwrap_or_default(),
            last_name: self.last_name.as_deref().unwrap_or_default(),
            display_name: self.display_name.as_deref().unwrap_or_default(),
        };
        Profile::parse(input, require_email && self.email.is_some())
    }

    /// What an earlier row has already.
    fn repeated(&self, seen: &mut Seen) -> Vec<WrongField> {
        let username = self.username.as_deref().unwrap_or_default().to_ascii_lowercase();
        let email = self.email().and_then(|email| EmailAddress::parse(email).ok());
        let mut repeated = Vec::new();
        if !username.is_empty() && !seen.usernames.insert(username) {
            repeated.push(WrongField::new("username", &Problem::AlreadyInUse(Property::Username)));
        }
        if email.is_some_and(|email| !seen.emails.insert(email.key())) {
            repeated.push(WrongField::new("email", &Problem::AlreadyInUse(Property::Email)));
        }
        repeated
    }

    fn row(
        self,
        place: u32,
        (user_id, entry_id): (Uuid, Uuid),
        profile: &Profile,
        groups: Option<Vec<String>>,
    ) -> ImportRow {
        // An empty one is made of first and last, of which the file must then speak.
        let named = self.display_name.as_ref().is_some_and(|name| !name.trim().is_empty());
        let both = self.first_name.is_some() && self.last_name.is_some();
        let display_name = named || (both && self.display_name.is_some());
        let display_name = display_name.then(|| profile.display_name.as_str().to_owned());
        let address = profile.email.as_ref().map(EmailAddress::as_str).unwrap_or_default();
        ImportRow {
            place,
            user_id,
            entry_id,
            username: profile.username.as_str().to_owned(),
            email: self.email.map(|_| address.to_owned()),
            email_key: profile.email.as_ref().map(EmailAddress::key),
            email_verified: self.email_verified,
            first_name: self.first_name.map(|_| profile.first_name.as_str().to_owned()),
            last_name: self.last_name.map(|_| profile.last_name.as_str().to_owned()),
            display_name,
            is_admin: self.is_admin,
            disabled: self.disabled,
            locale: self.locale,
            groups,
        }
    }
}

/// The names as they are stored. A longer one names no group, and would only take room.
fn group_names(names: &[String]) -> Result<Vec<String>, Violation> {
    if names.len() > MAX_GROUPS {
        return Err(TOO_MANY_GROUPS);
    }
    let fits = |name: &String| name.chars().count() <= 255 && !name.chars().any(char::is_control);
    if !names.iter().all(fits) {
        return Err(NO_GROUP_NAME);
    }
    Ok(names.iter().map(|name| nfc(name)).collect())
}

use domain::{DisplayName, EmailAddress, PersonName, Username, is_control};
use store::ldap::{Action, ExistingUser};
use uuid::Uuid;

use super::{Book, Changes, Conflict, Gone};
use crate::entries::Person;

/// What the configuration says.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    /// Everybody needs an address.
    pub(crate) require_email: bool,
    /// Who is gone is disabled, and not deleted.
    pub(crate) soft_delete: bool,
}

/// What becomes of a user's entry.
#[derive(Debug, PartialEq)]
pub(crate) struct Planned {
    pub(crate) action: Action,
    /// Who they are already; `None`: nobody yet.
    pub(crate) target: Option<Uuid>,
    pub(crate) username: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) email_key: Option<String>,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) display_name: String,
    pub(crate) changes: Changes,
    pub(crate) conflict: Option<Conflict>,
}

/// The username and address that an entry would have, before anything is checked: of several values
/// the one that they have already, else the first.
fn candidates<'a>(
    person: &'a Person,
    existing: Option<&ExistingUser>,
) -> (Option<&'a str>, Option<&'a str>) {
    let kept = |values: &'a [String], now: Option<&str>| {
        let same = now.and_then(|now| values.iter().find(|it| it.eq_ignore_ascii_case(now)));
        same.or_else(|| values.first()).map(String::as_str)
    };
    let username = existing.map(|it| it.username.as_str());
    let email = existing.and_then(|it| it.email.as_deref());
    (kept(&person.usernames, username), kept(&person.emails, email))
}

/// Plans for a user's entry. A name or address that the plan gives is taken in the book, for the
/// entries after.
pub(crate) fn plan_user(person: &Person, book: &mut Book<ExistingUser>, rules: Rules) -> Planned {
    let existing = book.existing(&person.ldap_id).cloned();
    let (username, email) = candidates(person, existing.as_ref());
    let username = username.map(str::to_owned);
    let mut planned = named(person, existing.as_ref());
    planned.username.clone_from(&username);
    let address = match address(email, rules) {
        Ok(address) => address,
        Err(conflict) => return planned.stopped(conflict),
    };
    let username = match username.as_deref().map(Username::parse) {
        Some(Ok(username)) => username,
        Some(Err(_)) => return planned.stopped(Conflict::new("usernameInvalid")),
        None => return planned.stopped(Conflict::new("usernameMissing")),
    };
    let name_key = username.as_str().to_ascii_lowercase();
    let email_key = address.as_ref().map(EmailAddress::key);
    let taken =
        |code, owner: &store::ldap::NameOwner| Conflict { code, with: Some(owner.name.clone()) };
    if let Some(owner) = book.other_with_name(&name_key, &person.ldap_id) {
        return planned.stopped(taken("usernameTaken", owner));
    }
    let other = email_key.as_ref().and_then(|key| book.other_with_email(key, &person.ldap_id));
    if let Some(owner) = other {
        return planned.stopped(taken("emailTaken", owner));
    }
    book.take_name(name_key, &person.ldap_id, username.as_str());
    if let Some(key) = &email_key {
        book.take_email(key.clone(), &person.ldap_id, username.as_str());
    }
    planned.username = Some(username.as_str().to_owned());
    planned.email = address.map(|address| address.as_str().to_owned());
    planned.email_key = email_key;
    planned.compared(existing.as_ref())
}

/// What is said of an entry that has no fault; names that are too long are cut, since a directory's are
/// nobody's to mend here.
fn named(person: &Person, existing: Option<&ExistingUser>) -> Planned {
    let name = |text: &str| PersonName::parse(&cut(text, 50)).unwrap_or_default();
    let (first, last) = (name(&person.first_name), name(&person.last_name));
    let display = cut(&person.display_name, 100);
    let display = DisplayName::parse(&display, first.as_str(), last.as_str());
    Planned {
        action: Action::Create,
        target: existing.map(|it| it.id),
        username: None,
        email: None,
        email_key: None,
        first_name: first.as_str().to_owned(),
        last_name: last.as_str().to_owned(),
        display_name: display.map(|it| it.as_str().to_owned()).unwrap_or_default(),
        changes: Changes::default(),
        conflict: None,
    }
}

/// At most so many characters, none of which has no place in a name.
fn cut(text: &str, most: usize) -> String {
    let text: String = text.chars().filter(|it| !is_control(*it)).take(most).collect();
    text.trim().to_owned()
}

fn address(email: Option<&str>, rules: Rules) -> Result<Option<EmailAddress>, Conflict> {
    match email.map(EmailAddress::parse) {
        Some(Ok(address)) => Ok(Some(address)),
        Some(Err(_)) => Err(Conflict::new("emailInvalid")),
        None if rules.require_email => Err(Conflict::new("emailMissing")),
        None => Ok(None),
    }
}

impl Planned {
    fn stopped(mut self, conflict: Conflict) -> Self {
        self.action = Action::Conflict;
        self.conflict = Some(conflict);
        self
    }

    /// What it does, against what is there.
    fn compared(mut self, existing: Option<&ExistingUser>) -> Self {
        let text = |get: fn(&ExistingUser) -> &str| existing.map(get);
        let changes = &mut self.changes;
        changes.note("username", text(|it| &it.username), self.username.as_deref());
        changes.note("email", existing.and_then(|it| it.email.as_deref()), self.email.as_deref());
        changes.note("firstName", text(|it| &it.first_name), Some(&self.first_name));
        changes.note("lastName", text(|it| &it.last_name), Some(&self.last_name));
        changes.note("displayName", text(|it| &it.display_name), Some(&self.display_name));
        self.action = match existing {
            None => Action::Create,
            Some(user) if user.gone => Action::Enable,
            Some(user) => {
                if self.email.is_some() && !user.email_verified {
                    self.changes.note("emailVerified", Some("false"), Some("true"));
                }
                if self.changes.0.is_empty() { Action::Keep } else { Action::Update }
            }
        };
        self
    }
}

/// What becomes of a user whose entry is gone.
pub(crate) fn gone_user(existing: Option<&ExistingUser>, rules: Rules) -> Gone {
    let action = match existing {
        None => Action::Keep,
        Some(_) if !rules.soft_delete => Action::Delete,
        // Whoever is shut out for another reason stays so.
        Some(user) if user.disabled => Action::Keep,
        Some(_) => Action::Disable,
    };
    Gone {
        action,
        target: existing.map(|user| user.id),
        name: existing.map(|user| user.username.clone()),
    }
}

#[cfg(test)]
#[path = "user_tests.rs"]
mod tests;

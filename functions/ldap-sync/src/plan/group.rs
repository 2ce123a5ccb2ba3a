use domain::{GroupFriendlyName, GroupName};
use store::ldap::{Action, ExistingGroup};

use super::user::Planned;
use super::{Book, Changes, Conflict, Gone};
use crate::entries::Group;

/// Plans for a group's entry: `username` and `display_name` are its two names. Whether its members
/// differ is the database's to say.
pub(crate) fn plan_group(group: &Group, book: &mut Book<ExistingGroup>) -> Planned {
    let existing = book.existing(&group.ldap_id).cloned();
    let mut planned = Planned {
        action: Action::Create,
        target: existing.as_ref().map(|it| it.id),
        username: (!group.name.is_empty()).then(|| group.name.clone()),
        email: None,
        email_key: None,
        first_name: String::new(),
        last_name: String::new(),
        display_name: String::new(),
        changes: Changes::default(),
        conflict: None,
    };
    let stopped = |mut planned: Planned, conflict| {
        planned.action = Action::Conflict;
        planned.conflict = Some(conflict);
        planned
    };
    if group.name.is_empty() {
        return stopped(planned, Conflict::new("nameMissing"));
    }
    let friendly: String = group.name.chars().take(50).collect();
    let names = (GroupName::parse(&group.name), GroupFriendlyName::parse(&friendly));
    let (Ok(name), Ok(friendly)) = names else {
        return stopped(planned, Conflict::new("nameInvalid"));
    };
    if let Some(owner) = book.other_with_name(name.as_str(), &group.ldap_id) {
        let with = Some(owner.name.clone());
        return stopped(planned, Conflict { code: "nameTaken", with });
    }
    book.take_name(name.as_str().to_owned(), &group.ldap_id, name.as_str());
    let before = existing.as_ref().map(|it| it.name.as_str());
    planned.changes.note("name", before, Some(name.as_str()));
    planned.username = Some(name.as_str().to_owned());
    friendly.as_str().clone_into(&mut planned.display_name);
    if existing.is_some() {
        planned.action = Action::Update;
    }
    planned
}

/// What becomes of a group whose entry is gone.
pub(crate) fn gone_group(existing: Option<&ExistingGroup>) -> Gone {
    Gone {
        action: if existing.is_some() { Action::Delete } else { Action::Keep },
        target: existing.map(|group| group.id),
        name: existing.map(|group| group.name.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use store::ldap::{NameOwner, Owners};
    use uuid::Uuid;

    fn group(ldap_id: &str, name: &str) -> Group {
        let (ldap_id, name) = (ldap_id.to_owned(), name.to_owned());
        Group { dn: format!("cn={name}"), digest: "d".to_owned(), ldap_id, name }
    }

    fn book(existing: Vec<ExistingGroup>, names: Vec<NameOwner>) -> Book<ExistingGroup> {
        Book::new(Owners { existing, names, emails: Vec::new() }, |it| it.ldap_id.clone())
    }

    fn known(name: &str) -> ExistingGroup {
        ExistingGroup {
            ldap_id: "1".to_owned(),
            id: Uuid::from_u128(1),
            name: name.to_owned(),
            friendly_name: name.to_owned(),
        }
    }

    #[test]
    fn a_group_is_made_renamed_or_looked_at_for_its_members() {
        let plan = |existing, name| plan_group(&group("1", name), &mut book(existing, vec![]));
        assert_eq!(plan(vec![], "Staff").action, Action::Create);
        let renamed = plan(vec![known("Crew")], "Staff");
        assert_eq!(renamed.action, Action::Update);
        assert_eq!(renamed.changes.0["name"]["before"], "Crew");
        assert!(plan(vec![known("Staff")], "Staff").changes.0.is_empty());
    }

    #[test]
    fn a_name_that_is_none_or_another_group_s_is_a_conflict() {
        let taken = NameOwner { key: "Staff".to_owned(), ldap_id: None, name: "Staff".to_owned() };
        let mut book = book(vec![], vec![taken]);
        let mut code =
            |id, name| plan_group(&group(id, name), &mut book).conflict.map(|it| it.code);
        assert_eq!(code("1", ""), Some("nameMissing"));
        assert_eq!(code("1", "x"), Some("nameInvalid"));
        assert_eq!(code("1", "Staff"), Some("nameTaken"));
        assert_eq!((code("1", "Crew"), code("2", "Crew")), (None, Some("nameTaken")));
    }

    #[test]
    fn a_long_name_is_cut_for_people_alone() {
        let long = "x".repeat(80);
        let planned = plan_group(&group("1", &long), &mut book(vec![], vec![]));
        assert_eq!((planned.username, planned.display_name.len()), (Some(long), 50));
    }
}

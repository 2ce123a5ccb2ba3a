use store::ldap::{NameOwner, Owners};

use super::*;

const RULES: Rules = Rules { require_email: true, soft_delete: true };

fn person(ldap_id: &str, username: &str, email: &str) -> Person {
    let list = |text: &str| text.split_whitespace().map(str::to_owned).collect();
    Person {
        ldap_id: ldap_id.to_owned(),
        dn: format!("uid={username},dc=example"),
        digest: "d".to_owned(),
        usernames: list(username),
        emails: list(email),
        first_name: "Ann".to_owned(),
        last_name: "Lee".to_owned(),
        display_name: String::new(),
    }
}

fn ann() -> ExistingUser {
    ExistingUser {
        ldap_id: "1".to_owned(),
        id: Uuid::from_u128(1),
        username: "ann".to_owned(),
        email: Some("ann@example.com".to_owned()),
        email_verified: true,
        first_name: "Ann".to_owned(),
        last_name: "Lee".to_owned(),
        display_name: "Ann Lee".to_owned(),
        disabled: false,
        gone: false,
    }
}

fn owner(key: &str, ldap_id: Option<&str>, name: &str) -> NameOwner {
    let ldap_id = ldap_id.map(str::to_owned);
    NameOwner { key: key.to_owned(), ldap_id, name: name.to_owned() }
}

fn book(existing: Vec<ExistingUser>) -> Book<ExistingUser> {
    let names = existing.iter().map(|it| owner(&it.username, Some(&it.ldap_id), &it.username));
    let names = names.collect();
    Book::new(Owners { existing, names, emails: Vec::new() }, |it| it.ldap_id.clone())
}

#[test]
fn somebody_new_is_made_with_the_name_shown_put_together() {
    let planned = plan_user(&person("1", "ann", "Ann@Example.com"), &mut book(vec![]), RULES);
    assert_eq!((planned.action, planned.target), (Action::Create, None));
    assert_eq!(planned.display_name, "Ann Lee");
    assert_eq!(planned.email_key.as_deref(), Some("ann@example.com"));
}

#[test]
fn who_is_as_they_were_is_kept_and_what_differs_is_told() {
    let plan = |existing, username| {
        plan_user(&person("1", username, "ann@example.com"), &mut book(vec![existing]), RULES)
    };
    assert_eq!(plan(ann(), "ann").action, Action::Keep);
    let renamed = plan(ann(), "anna");
    assert_eq!((renamed.action, renamed.target), (Action::Update, Some(ann().id)));
    assert_eq!(renamed.changes.0["username"]["before"], "ann");
    assert_eq!(renamed.changes.0["username"]["after"], "anna");
    assert_eq!(renamed.changes.0.len(), 1);
}

#[test]
fn who_is_back_is_enabled_and_who_was_disabled_by_hand_is_not() {
    let plan = |gone| {
        let existing = ExistingUser { disabled: true, gone, ..ann() };
        plan_user(&person("1", "ann", "ann@example.com"), &mut book(vec![existing]), RULES).action
    };
    assert_eq!((plan(true), plan(false)), (Action::Enable, Action::Keep));
}

#[test]
fn of_several_values_the_one_in_use_stays() {
    let several = person("1", "aaa ann", "a@example.com ann@example.com");
    assert_eq!(plan_user(&several, &mut book(vec![ann()]), RULES).action, Action::Keep);
    let new = plan_user(&several, &mut book(vec![]), RULES);
    assert_eq!(new.username.as_deref(), Some("aaa"));
}

#[test]
fn what_cannot_be_a_user_is_a_conflict_with_its_reason() {
    let code = |username, email, require_email| {
        let rules = Rules { require_email, ..RULES };
        let planned = plan_user(&person("1", username, email), &mut book(vec![]), rules);
        planned.conflict.map(|it| it.code)
    };
    assert_eq!(code("", "a@example.com", true), Some("usernameMissing"));
    assert_eq!(code("ann_", "a@example.com", true), Some("usernameInvalid"));
    assert_eq!(code("ann", "", true), Some("emailMissing"));
    assert_eq!(code("ann", "", false), None);
    assert_eq!(code("ann", "nonsense", false), Some("emailInvalid"));
}

#[test]
fn a_name_or_address_is_somebody_s_alone() {
    let names = vec![owner("bob", None, "Bob")];
    let emails = vec![owner("eve@example.com", Some("9"), "eve")];
    let owners = Owners { existing: vec![], names, emails };
    let mut book: Book<ExistingUser> = Book::new(owners, |it| it.ldap_id.clone());
    let mut conflict = |id, username, email| {
        let planned = plan_user(&person(id, username, email), &mut book, RULES);
        planned.conflict.map(|it| (it.code, it.with.unwrap_or_default()))
    };
    let taken = |code, with: &str| Some((code, with.to_owned()));
    assert_eq!(conflict("1", "BOB", "b@example.com"), taken("usernameTaken", "Bob"));
    assert_eq!(conflict("1", "ann", "EVE@example.com"), taken("emailTaken", "eve"));
    assert_eq!(conflict("1", "ann", "ann@example.com"), None);
    assert_eq!(conflict("2", "Ann", "a2@example.com"), taken("usernameTaken", "ann"));
    assert_eq!(conflict("3", "ann3", "ANN@example.com"), taken("emailTaken", "ann"));
}

#[test]
fn names_that_are_too_long_are_cut() {
    let long = Person { first_name: "x".repeat(80), ..person("1", "ann", "ann@example.com") };
    let planned = plan_user(&long, &mut book(vec![]), RULES);
    assert_eq!((planned.action, planned.first_name.len()), (Action::Create, 50));
}

#[test]
fn names_lose_what_would_turn_the_text_around_them_and_invisible_ones_are_none() {
    let (first_name, last_name) = ("A\u{202e}nn".to_owned(), "\u{200b}".to_owned());
    let display_name = String::new();
    let odd =
        Person { first_name, last_name, display_name, ..person("1", "ann", "ann@example.com") };
    let planned = plan_user(&odd, &mut book(vec![]), RULES);
    let names = (planned.first_name, planned.last_name, planned.display_name);
    assert_eq!(names, ("Ann".to_owned(), String::new(), "Ann".to_owned()));
}

#[test]
fn who_is_gone_is_disabled_or_deleted_and_never_twice() {
    let action = |existing: Option<ExistingUser>, soft_delete| {
        gone_user(existing.as_ref(), Rules { soft_delete, ..RULES }).action
    };
    let disabled = || ExistingUser { disabled: true, ..ann() };
    assert_eq!(action(Some(ann()), true), Action::Disable);
    assert_eq!(action(Some(disabled()), true), Action::Keep);
    assert_eq!(action(Some(disabled()), false), Action::Delete);
    assert_eq!(action(None, true), Action::Keep);
}

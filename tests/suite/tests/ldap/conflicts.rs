//! Entries that cannot be a user here: told by name, tried again each time, and nobody else suffers.

use directory::people::{dn, person};
use serde_json::{Value, json};

use super::{Synced, people, small};

/// An entry beside those of [`person`].
fn entry(cn: &str, attributes: &str) -> String {
    format!(
        "dn: cn={cn},ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\ncn: {cn}\nsn: {cn}\n\
         {attributes}\n\n"
    )
}

fn local(synced: &Synced, username: &str, email: &str) -> Value {
    let body =
        json!({ "username": username, "email": email, "firstName": "Lo", "lastName": "Cal" });
    synced.admin.post("/api/users", &body).expect(201).json
}

#[test]
fn a_local_user_keeps_name_and_address_until_they_are_given_up() {
    let synced = Synced::with(&small());
    let bob = local(&synced, "bob", "robert@example.net");
    let zoe = local(&synced, "zoe", "CAS@example.org");
    let run = synced.synced();
    assert_eq!(synced.conflicts(&run), ["bob: usernameTaken", "cas: emailTaken"]);
    let told = synced.changes(&run);
    let with = |name: &str| {
        let of = |change: &&Value| change["action"] == "conflict" && change["name"] == name;
        told.iter().find(of).expect("told")["problem"]["with"].clone()
    };
    assert_eq!((with("bob"), with("cas")), (json!("bob"), json!("zoe")));
    for user in [&bob, &zoe] {
        let path = format!("/api/users/{}", user["id"].as_str().expect("an id"));
        assert_eq!(synced.admin.get(&path).expect(200).json, *user, "untouched");
    }
    assert_eq!(synced.members("staff").expect("staff"), ["ann"], "the local Bob is another");
    let path = format!("/api/users/{}", bob["id"].as_str().expect("an id"));
    let renamed = json!({ "username": "robert", "email": "robert@example.net" });
    let _ = synced.admin.put(&path, &renamed).expect(200);
    let run = synced.synced();
    assert_eq!(synced.conflicts(&run), ["cas: emailTaken"], "still, and again");
    assert_eq!(synced.members("staff").expect("staff"), ["ann", "bob"]);
    assert_eq!(synced.known("bob")["email"], "bob@example.org");
}

#[test]
fn of_two_entries_with_one_username_one_comes_and_the_other_is_named_each_time() {
    let twins = [
        entry("one", "uid: twin\nmail: one@example.org"),
        entry("two", "uid: TWIN\nmail: two@example.org"),
    ];
    let synced = Synced::with(&format!("{}{}", small(), twins.concat()));
    let run = synced.synced();
    assert_eq!(run["users"]["conflict"], 1);
    let conflict = synced.conflicts(&run).remove(0).to_lowercase();
    assert_eq!(conflict, "twin: usernametaken");
    let before = synced.everything();
    let run = synced.synced();
    assert_eq!(run["users"]["conflict"], 1, "told again");
    assert_eq!(run["users"]["disable"], 0);
    assert_eq!(synced.everything(), before, "and they do not take turns");
}

#[test]
fn of_two_entries_with_one_address_one_comes_and_the_other_is_named() {
    let twins = [
        entry("one", "uid: one\nmail: same@example.org"),
        entry("two", "uid: two\nmail: Same@Example.org"),
    ];
    let synced = Synced::with(&twins.concat());
    let run = synced.synced();
    assert_eq!((&run["users"]["create"], &run["users"]["conflict"]), (&json!(1), &json!(1)));
    let conflict = synced.conflicts(&run).remove(0);
    assert!(conflict.ends_with(": emailTaken"), "{conflict}");
    let came = if synced.user("one").is_some() { "one" } else { "two" };
    synced.slapd().replace(
        &format!("cn={came},ou=people,dc=example,dc=com"),
        "mail",
        &["other@example.org"],
    );
    let _ = (synced.synced(), synced.synced());
    assert!(synced.user("one").is_some() && synced.user("two").is_some());
}

#[test]
fn entries_that_lack_something_are_named_and_come_once_they_have_it() {
    let odd = [
        entry("nameless", "mail: nameless@example.org"),
        entry("spaced", "uid: two words\nmail: spaced@example.org"),
        entry("mute", "uid: mute"),
        entry("wrong", "uid: wrong\nmail: no address"),
    ];
    let synced = Synced::with(&format!("{}{}", small(), odd.concat()));
    let run = synced.synced();
    assert_eq!((&run["users"]["create"], &run["users"]["conflict"]), (&json!(3), &json!(4)));
    let of = |cn: &str| {
        let dn = format!("cn={cn},ou=people,dc=example,dc=com");
        let told = synced.changes(&run);
        told.into_iter().find(|change| change["dn"] == dn).expect("told")["problem"]["code"].clone()
    };
    assert_eq!(of("nameless"), "usernameMissing");
    assert_eq!(of("spaced"), "usernameInvalid");
    assert_eq!(of("mute"), "emailMissing");
    assert_eq!(of("wrong"), "emailInvalid");
    synced.set(&json!({ "requireUserEmail": "false" }));
    synced.slapd().replace("cn=spaced,ou=people,dc=example,dc=com", "uid", &["spaced"]);
    let run = synced.synced();
    assert_eq!(run["users"]["conflict"], 2);
    assert!(synced.user("spaced").is_some());
    assert_eq!(synced.known("mute")["email"], Value::Null);
}

#[test]
fn an_entry_that_goes_bad_shuts_nobody_out() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    let before = synced.everything();
    synced.slapd().replace(&dn("ann"), "mail", &[]);
    synced.slapd().replace(&dn("bob"), "mail", &["cas@example.org"]);
    let run = synced.synced();
    assert_eq!(synced.conflicts(&run), ["ann: emailMissing", "bob: emailTaken"]);
    assert_eq!(synced.everything(), before);
    synced.slapd().replace(&dn("ann"), "mail", &["ann@example.org"]);
    synced.slapd().replace(&dn("bob"), "mail", &["bob@example.org"]);
    assert_eq!(synced.synced()["users"]["conflict"], 0);
    assert_eq!(synced.everything(), before);
}

const PEOPLE: &str = "ou=people,dc=example,dc=com";

#[test]
fn a_name_that_one_gives_up_another_may_take_in_the_same_run_or_the_next() {
    let synced = Synced::with(&people(&["ann", "bob", "cas"]));
    let _ = synced.synced();
    let (ann, bob) = (synced.known("ann"), synced.known("bob"));
    synced.slapd().rename(&dn("bob"), "uid=rob", PEOPLE);
    synced.slapd().rename(&dn("ann"), "uid=bob", PEOPLE);
    synced.slapd().add(&person("ann").replace("ann@", "ann2@"));
    let _ = (synced.synced(), synced.synced());
    let run = synced.synced();
    assert_eq!((&run["users"]["conflict"], &run["users"]["disable"]), (&json!(0), &json!(0)));
    assert_eq!(synced.known("bob")["id"], ann["id"]);
    assert_eq!(synced.known("rob")["id"], bob["id"]);
    assert_eq!(synced.known("ann")["email"], "ann2@example.org");
}

#[test]
fn people_who_exchange_their_names_are_never_shut_out() {
    let synced = Synced::with(&people(&["ann", "bob"]));
    let _ = synced.synced();
    let (ann, bob) = (synced.known("ann"), synced.known("bob"));
    synced.slapd().rename(&dn("ann"), "uid=tmp", PEOPLE);
    synced.slapd().rename(&dn("bob"), "uid=ann", PEOPLE);
    synced.slapd().rename(&dn("tmp"), "uid=bob", PEOPLE);
    let run = synced.synced();
    assert!(!synced.is_disabled("ann") && !synced.is_disabled("bob"));
    let exchanged = synced.known("ann")["id"] == bob["id"];
    if exchanged {
        assert_eq!(synced.known("bob")["id"], ann["id"]);
    } else {
        assert_eq!(synced.conflicts(&run), ["ann: usernameTaken", "bob: usernameTaken"]);
    }
}

//! A directory that looks wrong changes nothing, until an administrator has looked.

use directory::people::{dn, group, group_dn};
use postern_suite::ldap::Syncing;
use serde_json::json;

use super::{Synced, people, small};

fn twenty() -> Synced {
    let names: Vec<String> = (10..30).map(|number| format!("p{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let synced = Synced::with(&people(&names));
    let _ = synced.synced();
    synced
}

#[test]
fn an_empty_answer_disables_nobody_whatever_the_limits_allow() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapMaxRemovedPercent": "100" }));
    let _ = synced.synced();
    let before = synced.everything();
    synced.set(&json!({ "ldapUserSearchFilter": "(uid=nobody)" }));
    let run = synced.held_back("emptyAnswer");
    assert_eq!(run["users"]["read"], 0);
    assert_eq!(synced.everything(), before);
    synced.set(&json!({ "ldapUserSearchFilter": "(objectClass=inetOrgPerson)" }));
    assert_eq!(synced.synced()["users"]["update"], 0);
    assert_eq!(synced.everything(), before);
}

#[test]
fn no_groups_at_all_is_an_empty_answer_too() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    let before = synced.everything();
    synced.set(&json!({ "ldapUserGroupSearchFilter": "(cn=nothing)" }));
    let _ = synced.held_back("emptyAnswer");
    assert_eq!(synced.everything(), before);
}

#[test]
fn the_administrators_group_that_loses_all_its_members_is_held_back() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapAdminGroupName": "admins" }));
    let _ = synced.synced();
    assert_eq!(synced.known("ann")["isAdmin"], true);
    // Nobody of the directory: `groupOfNames` takes no group without a member.
    synced.slapd().replace(&group_dn("admins"), "member", &[&dn("nobody")]);
    let _ = synced.synced();
    assert_eq!(synced.known("ann")["isAdmin"], false, "it names somebody, so it is not emptied");
    synced.set(&json!({ "ldapAttributeGroupMember": "givenName" }));
    let _ = synced.held_back("adminGroupGone");
    assert_eq!(synced.members("staff").expect("staff"), ["ann", "bob"]);
}

#[test]
fn groups_that_all_lose_their_members_are_held_back_as_groups_that_go() {
    let names: Vec<String> = (0..5).map(|number| format!("g{number}")).collect();
    let groups: String = names.iter().map(|name| group(name, &["ann"])).collect();
    let synced = Synced::with(&format!("{}{groups}", people(&["ann"])));
    let _ = synced.synced();
    // As when the reading account is not let see them any more.
    synced.set(&json!({ "ldapAttributeGroupMember": "givenName" }));
    let _ = synced.held_back("tooManyRemovals");
    assert_eq!(synced.members("g3").expect("a group"), ["ann"]);
}

#[test]
fn who_left_long_ago_does_not_count_among_those_who_are_left() {
    let synced = twenty();
    synced.set(&json!({ "ldapMaxRemovedPercent": "100" }));
    for number in 10..24 {
        synced.slapd().delete(&dn(&format!("p{number}")));
    }
    let _ = synced.synced();
    synced.set(&json!({ "ldapMaxRemovedPercent": "30" }));
    for number in 24..28 {
        synced.slapd().delete(&dn(&format!("p{number}")));
    }
    let run = synced.held_back("tooManyRemovals");
    assert_eq!(run["users"]["disable"], 4, "of six, not of twenty");
}

#[test]
fn too_many_removals_wait_for_an_administrator_who_has_looked() {
    let synced = twenty();
    let before = synced.everything();
    for name in ["p10", "p11", "p12", "p13"] {
        synced.slapd().delete(&dn(name));
    }
    synced.slapd().replace(&dn("p20"), "mail", &["new@example.org"]);
    let run = synced.held_back("tooManyRemovals");
    assert_eq!((&run["users"]["disable"], &run["canApply"]), (&json!(4), &json!(true)));
    assert_eq!(synced.everything(), before, "not even what was harmless");
    let _ = synced.held_back("tooManyRemovals");
    let looked = synced.preview();
    assert_eq!((&looked["trigger"], &looked["users"]["disable"]), (&json!("preview"), &json!(4)));
    let told = synced.told(&looked);
    assert!(told.contains(&"disable user p11".to_owned()), "{told:?}");
    let _ = synced.apply(&looked).expect(204);
    assert!(synced.is_disabled("p10") && synced.is_disabled("p13"));
    assert!(!synced.is_disabled("p14"));
    assert_eq!(synced.known("p20")["email"], "new@example.org");
    let path = format!("/api/ldap/runs/{}", looked["id"].as_str().expect("an id"));
    let applied = synced.admin.get(&path).expect(200).json;
    let admin = &synced.deployment.admin.user["username"];
    assert_eq!((&applied["state"], &applied["approvedBy"]["username"]), (&json!("done"), admin));
    assert_eq!(synced.synced()["progress"]["total"], 0);
}

#[test]
fn a_plan_that_was_held_back_can_itself_be_applied() {
    let synced = twenty();
    for name in ["p10", "p11", "p12", "p13"] {
        synced.slapd().delete(&dn(name));
    }
    let run = synced.held_back("tooManyRemovals");
    let _ = synced.apply(&run).expect(204);
    assert!(synced.is_disabled("p10"));
    // Whoever asks again, because the reply was lost, is told that it is done; it is not done twice.
    let before = synced.everything();
    let _ = synced.apply(&run).expect(204);
    assert_eq!(synced.everything(), before);
}

#[test]
fn a_few_removals_need_nobody() {
    let synced = Synced::with(&people(&["ann", "bob", "cas", "dan"]));
    let _ = synced.synced();
    for name in ["ann", "bob", "cas"] {
        synced.slapd().delete(&dn(name));
    }
    assert_eq!(synced.synced()["users"]["disable"], 3, "three of four");
}

#[test]
fn more_than_the_greatest_number_is_held_back_whatever_the_share() {
    let synced = twenty();
    synced.set(&json!({ "ldapMaxRemovedUsers": "1", "ldapMaxRemovedPercent": "100" }));
    synced.slapd().delete(&dn("p10"));
    synced.slapd().delete(&dn("p11"));
    let run = synced.held_back("tooManyRemovals");
    assert_eq!(run["users"]["disable"], 2);
    assert!(!synced.is_disabled("p10"));
    synced.set(&json!({ "ldapMaxRemovedUsers": "2" }));
    assert_eq!(synced.synced()["users"]["disable"], 2);
}

#[test]
fn administrators_stay_when_their_group_is_gone() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapAdminGroupName": "admins" }));
    let _ = synced.synced();
    synced.slapd().delete(&group_dn("admins"));
    let _ = synced.held_back("adminGroupGone");
    assert_eq!(synced.known("ann")["isAdmin"], true);
    assert!(synced.members("admins").is_some());
}

#[test]
fn administrators_stay_when_their_group_gets_another_name() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapAdminGroupName": "admins" }));
    let _ = synced.synced();
    synced.slapd().rename(&group_dn("admins"), "cn=chiefs", "ou=people,dc=example,dc=com");
    let _ = synced.held_back("adminGroupGone");
    assert_eq!(synced.known("ann")["isAdmin"], true);
    synced.set(&json!({ "ldapAdminGroupName": "chiefs" }));
    let _ = synced.synced();
    assert_eq!(synced.known("ann")["isAdmin"], true);
}

/// Somebody of the administrators' group, once nobody administrates who is not of the directory.
pub(super) fn only(synced: &Synced, username: &str) -> Syncing {
    synced.set(&json!({ "ldapAdminGroupName": "admins" }));
    let _ = synced.synced();
    let token = synced.deployment.new_link(&synced.known(username));
    let mut one = synced.deployment.newcomer();
    one.client = synced.deployment.client();
    let path = format!("/api/one-time-access-token/{token}");
    one.user = one.client.post_empty(&path).expect(200).json;
    let one = Syncing { admin: one.api_key("sync").1 };
    let path = format!("/api/users/{}", synced.deployment.admin.id());
    let _ = one.admin.delete(&path).expect(204);
    one
}

#[test]
fn the_last_administrator_is_not_disabled() {
    let synced = Synced::with(&small());
    let ann = only(&synced, "ann");
    synced.slapd().delete(&dn("ann"));
    let _ = ann.held_back("lastAdmin");
    assert_eq!(ann.known("ann")["disabled"], false);
}

#[test]
fn the_last_administrator_does_not_lose_the_right_by_leaving_the_group() {
    let synced = Synced::with(&small());
    let ann = only(&synced, "ann");
    synced.slapd().replace(&group_dn("admins"), "member", &["cn=reader,dc=example,dc=com"]);
    let reply = ann.sync();
    assert!(matches!(reply.status, 204 | 409), "{}", reply.text);
    assert_eq!(ann.known("ann")["isAdmin"], true);
    synced.slapd().replace(&group_dn("admins"), "member", &[&dn("bob")]);
    let _ = ann.sync().expect(204);
    assert_eq!(ann.admin.get("/api/users").expect(403).code(), "forbidden", "Bob is one now");
}

#[test]
fn somebody_who_may_hide_behind_an_entry_without_identifier_is_not_gone() {
    let numbered = |uid: &str, number: &str| {
        format!("{}\nemployeeNumber: {number}\n\n", people(&[uid]).trim_end())
    };
    let ldif = [numbered("ann", "1"), numbered("bob", "2"), numbered("cas", "3")].concat();
    let slapd = directory::Slapd::with(&ldif);
    let synced = Synced::beside(slapd, &[("EXTRA_ATTRIBUTES", "employeeNumber")]);
    synced.set(&json!({ "ldapAttributeUserUniqueIdentifier": "employeeNumber" }));
    let _ = synced.synced();
    synced.slapd().replace(&dn("bob"), "employeeNumber", &[]);
    let run = synced.held_back("unidentifiedEntries");
    assert_eq!(run["users"]["disable"], 1);
    assert!(!synced.is_disabled("bob"));
    let found = synced.test().expect(200).json;
    assert_eq!((&found["users"]["missing"], &found["users"]["duplicate"]), (&json!(1), &json!(0)));
    synced.slapd().replace(&dn("bob"), "employeeNumber", &["2"]);
    assert_eq!(synced.synced()["progress"]["total"], 0);
}

/// Ann, Bob and Cas by their employee numbers, which somebody may get wrong.
fn by_number() -> Synced {
    let slapd = directory::Slapd::with(&small());
    let synced = Synced::beside(slapd, &[("EXTRA_ATTRIBUTES", "employeeNumber")]);
    for (name, number) in [("ann", "1"), ("bob", "2"), ("cas", "3")] {
        synced.slapd().replace(&dn(name), "employeeNumber", &[number]);
    }
    synced.set(&json!({ "ldapAttributeUserUniqueIdentifier": "employeeNumber" }));
    let _ = synced.synced();
    synced
}

#[test]
fn somebody_who_has_another_s_identifier_by_now_is_not_gone() {
    let synced = by_number();
    let before = synced.everything();
    synced.slapd().replace(&dn("bob"), "employeeNumber", &["1"]);
    let _ = synced.held_back("unidentifiedEntries");
    assert_eq!(synced.everything(), before);
    assert_eq!(synced.test().expect(200).json["users"]["duplicate"], 1);
}

#[test]
fn whoever_takes_another_s_identifier_does_not_get_into_the_account() {
    for name in ["aaa", "zzz"] {
        let synced = by_number();
        let before = synced.everything();
        let entry = people(&[name]);
        synced.slapd().add(&format!("{}\nemployeeNumber: 1\n", entry.trim_end()));
        for _ in 0..2 {
            let run = synced.synced();
            let conflicts = synced.conflicts(&run);
            assert_eq!(conflicts.len(), 1, "{conflicts:?}");
            assert!(conflicts[0].ends_with(": identifierShared"), "{conflicts:?}");
            assert_eq!(synced.everything(), before);
        }
        synced.slapd().replace(&dn(name), "employeeNumber", &["4"]);
        assert_eq!(synced.synced()["users"]["create"], 1);
        assert!(synced.user(name).is_some());
    }
}

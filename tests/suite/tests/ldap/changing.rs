//! What people do in a directory, as it arrives.

use directory::people::{dn, group_dn, person};
use serde_json::json;

use super::{Synced, people, small};

const PEOPLE: &str = "ou=people,dc=example,dc=com";

#[test]
fn a_changed_address_and_name_arrive_and_nothing_else_does() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    let before = synced.known("bob");
    synced.slapd().replace(&dn("ann"), "mail", &["new@example.org"]);
    synced.slapd().replace(&dn("ann"), "cn", &["Ann, the New"]);
    let run = synced.synced();
    assert_eq!(synced.told(&run), ["update user ann"]);
    let change = &synced.changes(&run)[0];
    assert_eq!(
        change["changes"],
        json!({
            "email": { "before": "ann@example.org", "after": "new@example.org" },
            "displayName": { "before": "The ann", "after": "Ann, the New" },
        })
    );
    assert_eq!(synced.known("ann")["email"], "new@example.org");
    assert_eq!(synced.known("bob"), before);
}

#[test]
fn a_person_with_a_new_name_stays_the_same_user() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    let before = synced.known("ann");
    synced.slapd().rename(&dn("ann"), "uid=anna", PEOPLE);
    synced.slapd().replace(&group_dn("staff"), "member", &[&dn("anna"), &dn("bob")]);
    let run = synced.synced();
    assert_eq!((&run["users"]["update"], &run["users"]["create"]), (&json!(1), &json!(0)));
    let after = synced.known("anna");
    assert_eq!((&after["id"], &after["ldapId"]), (&before["id"], &before["ldapId"]));
    assert!(synced.user("ann").is_none_or(|found| found["id"] == before["id"]));
    assert_eq!(synced.members("staff").expect("staff"), ["anna", "bob"]);
}

#[test]
fn a_person_who_moves_is_neither_gone_nor_new() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    let before = synced.everything();
    let below = "ou=elsewhere,dc=example,dc=com";
    synced.slapd().add(&format!("dn: {below}\nobjectClass: organizationalUnit\nou: elsewhere\n"));
    synced.slapd().rename(&dn("bob"), "uid=bob", below);
    let bob = format!("uid=bob,{below}");
    synced.slapd().replace(&group_dn("staff"), "member", &[&dn("ann"), &bob]);
    let run = synced.synced();
    let users = &run["users"];
    assert_eq!((&users["create"], &users["disable"]), (&json!(0), &json!(0)));
    assert_eq!(synced.everything(), before);
}

#[test]
fn whoever_moves_keeps_a_place_in_a_group_that_did_not_change() {
    let synced = Synced::with(&people(&["ann", "bob"]));
    let below = "ou=elsewhere,dc=example,dc=com";
    synced.slapd().add(&format!("dn: {below}\nobjectClass: organizationalUnit\nou: elsewhere\n"));
    let bob = format!("uid=bob,{below}");
    // The group names Bob where he is not yet.
    synced.slapd().add(&format!(
        "dn: {}\nobjectClass: groupOfNames\ncn: staff\nmember: {bob}\n",
        group_dn("staff")
    ));
    let _ = synced.synced();
    assert_eq!(synced.members("staff").expect("staff"), [""; 0]);
    synced.slapd().rename(&dn("bob"), "uid=bob", below);
    let _ = synced.synced();
    assert_eq!(synced.members("staff").expect("staff"), ["bob"]);
}

#[test]
fn whoever_is_gone_is_disabled_thrown_out_and_enabled_when_back() {
    let proxy = [("EXTRA_ATTRIBUTES", "employeeType")];
    let synced = Synced::beside(directory::Slapd::with(&small()), &proxy);
    let here = "(&(objectClass=inetOrgPerson)(!(employeeType=gone)))";
    synced.set(&json!({ "ldapUserSearchFilter": here }));
    let _ = synced.synced();
    let before = synced.everything();
    let token = synced.deployment.new_link(&synced.known("bob"));
    let bob = synced.deployment.client();
    let _ = bob.post_empty(&format!("/api/one-time-access-token/{token}")).expect(200);
    synced.slapd().replace(&dn("bob"), "employeeType", &["gone"]);
    let run = synced.synced();
    assert_eq!(synced.told(&run), ["disable user bob"]);
    assert!(synced.is_disabled("bob") && !synced.is_disabled("ann"));
    assert!(matches!(bob.get("/api/users/me").status, 401 | 403));
    assert_eq!(synced.synced()["users"]["disable"], 0, "once is enough");
    synced.slapd().replace(&dn("bob"), "employeeType", &[]);
    let run = synced.synced();
    assert_eq!(run["users"]["enable"], 1);
    assert_eq!(synced.everything(), before, "with his place in the group");
}

#[test]
fn whom_an_administrator_disabled_the_directory_does_not_enable() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    synced.set(&json!({ "ldapEnabled": "false" }));
    let act = json!({ "ids": [synced.known("bob")["id"]], "action": "disable" });
    let _ = synced.admin.post("/api/users/bulk", &act).expect(200);
    assert!(synced.is_disabled("bob"));
    synced.set(&json!({ "ldapEnabled": "true" }));
    synced.slapd().replace(&dn("bob"), "mail", &["b@example.org"]);
    let _ = synced.synced();
    assert!(synced.is_disabled("bob"));
    assert_eq!(synced.known("bob")["email"], "b@example.org");
}

#[test]
fn without_soft_deletion_whoever_is_gone_is_deleted() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapSoftDeleteUsers": "false" }));
    let _ = synced.synced();
    synced.slapd().delete(&dn("bob"));
    let run = synced.synced();
    assert_eq!((&run["users"]["delete"], &run["users"]["disable"]), (&json!(1), &json!(0)));
    assert!(synced.user("bob").is_none());
    assert_eq!(synced.members("staff").expect("staff"), ["ann"]);
}

/// A new unique identifier is a new person, who must not get into the account of the former one.
#[test]
fn a_person_made_anew_does_not_inherit_an_account() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    let before = synced.known("bob");
    synced.slapd().delete(&dn("bob"));
    synced.slapd().add(&person("bob"));
    let run = synced.synced();
    assert_eq!(synced.conflicts(&run), ["bob: usernameTaken"]);
    let after = synced.known("bob");
    assert_eq!((&after["id"], &after["ldapId"]), (&before["id"], &before["ldapId"]));
    assert!(synced.is_disabled("bob"));
    let path = format!("/api/users/{}", before["id"].as_str().expect("an id"));
    let _ = synced.admin.delete(&path).expect(204);
    assert_eq!(synced.synced()["users"]["create"], 1);
    let after = synced.known("bob");
    assert_ne!(after["id"], before["id"]);
    assert_eq!(synced.members("staff").expect("staff"), ["ann", "bob"]);
}

#[test]
fn without_soft_deletion_a_person_made_anew_comes_in_place_of_the_former_one() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapSoftDeleteUsers": "false" }));
    let _ = synced.synced();
    let before = synced.known("bob");
    synced.slapd().delete(&dn("bob"));
    synced.slapd().add(&person("bob"));
    let _ = (synced.synced(), synced.synced());
    let after = synced.known("bob");
    assert_ne!((&after["id"], &after["ldapId"]), (&before["id"], &before["ldapId"]));
    assert_eq!(synced.members("staff").expect("staff"), ["ann", "bob"]);
}

#[test]
fn what_is_changed_here_by_hand_becomes_again_what_the_directory_says() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    let before = synced.everything();
    synced.set(&json!({ "ldapEnabled": "false" }));
    let bob = synced.known("bob");
    let path = format!("/api/users/{}", bob["id"].as_str().expect("an id"));
    let changed = json!({ "username": "robert", "email": "r@example.org", "firstName": "R" });
    let _ = synced.admin.put(&path, &changed).expect(200);
    synced.set(&json!({ "ldapEnabled": "true" }));
    assert_eq!(synced.synced()["users"]["update"], 1);
    assert_eq!(synced.everything(), before);
    synced.set(&json!({ "ldapEnabled": "false" }));
    let _ = synced.admin.delete(&path).expect(204);
    synced.set(&json!({ "ldapEnabled": "true" }));
    assert_eq!(synced.synced()["users"]["create"], 1, "deleted here, still there");
    assert_eq!(synced.everything(), before, "with his place in the group");
}

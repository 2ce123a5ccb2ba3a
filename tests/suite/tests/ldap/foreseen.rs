//! A plan tells who would administrate, and it comes so.

use directory::Slapd;
use directory::people::{dn, group, group_dn};
use serde_json::{Value, json};

use super::held_back::only;
use super::{Synced, people, small};

/// What a run says of administrators, in short.
fn told(synced: &Synced, run: &Value) -> Vec<String> {
    let changes = synced.told(run);
    let told: Vec<_> = changes.into_iter().filter(|change| change.contains("Admin ")).collect();
    let counted = |action| told.iter().filter(|change| change.starts_with(action)).count();
    let counts = json!({ "grant": counted("grantAdmin"), "revoke": counted("revokeAdmin") });
    assert_eq!(run["admins"], counts, "{told:?}");
    told
}

/// Applies a plan, and gives the run that it became.
#[track_caller]
fn applied(synced: &Synced, plan: &Value) -> Value {
    let _ = synced.apply(plan).expect(204);
    let path = format!("/api/ldap/runs/{}", plan["id"].as_str().expect("an id"));
    let run = synced.admin.get(&path).expect(200).json;
    assert_eq!(run["state"], "done", "{run}");
    run
}

/// What a plan says of administrators, which is what comes of it.
#[track_caller]
fn foreseen(synced: &Synced) -> Vec<String> {
    let plan = synced.preview();
    let foreseen = told(synced, &plan);
    let run = applied(synced, &plan);
    assert_eq!(told(synced, &run), foreseen);
    assert_eq!(run["progress"]["done"], run["progress"]["total"], "{run}");
    foreseen
}

fn administrated(groups: &[String]) -> Synced {
    let synced = Synced::with(&format!("{}{}", people(&["ann", "bob", "cas"]), groups.concat()));
    synced.set(&json!({ "ldapAdminGroupName": "admins" }));
    synced
}

#[test]
fn before_anybody_has_come_and_when_one_follows_another() {
    let synced = administrated(&[group("admins", &["ann"])]);
    assert_eq!(foreseen(&synced), ["grantAdmin user ann"]);
    synced.slapd().replace(&group_dn("admins"), "member", &[&dn("bob")]);
    assert_eq!(foreseen(&synced), ["grantAdmin user bob", "revokeAdmin user ann"]);
    synced.slapd().replace(&dn("cas"), "sn", &["Another"]);
    assert_eq!(foreseen(&synced), [""; 0], "nothing of that");
}

#[test]
fn where_another_group_says_so_by_now() {
    let synced = administrated(&[group("admins", &["ann"]), group("staff", &["ann", "bob"])]);
    let _ = synced.synced();
    synced.set(&json!({ "ldapAdminGroupName": "staff" }));
    assert_eq!(foreseen(&synced), ["grantAdmin user bob"]);
    synced.set(&json!({ "ldapAdminGroupName": "" }));
    synced.slapd().replace(&group_dn("staff"), "member", &[&dn("cas")]);
    assert_eq!(foreseen(&synced), [""; 0], "none says so any more");
}

#[test]
fn where_a_group_names_usernames() {
    let ldif = format!("{}{}", people(&["ann", "bob"]), group("admins", &["bob"]));
    let synced = Synced::beside(Slapd::with(&ldif), &[("EXTRA_ATTRIBUTES", "description")]);
    let names =
        json!({ "ldapAdminGroupName": "admins", "ldapAttributeGroupMember": "description" });
    synced.set(&names);
    synced.slapd().replace(&group_dn("admins"), "description", &["Ann", "nobody"]);
    assert_eq!(foreseen(&synced), ["grantAdmin user ann"]);
    synced.slapd().replace(&group_dn("admins"), "description", &["bob", "ANN"]);
    assert_eq!(foreseen(&synced), ["grantAdmin user bob"]);
    synced.slapd().rename(&dn("bob"), "uid=rob", "ou=people,dc=example,dc=com");
    assert_eq!(foreseen(&synced), ["revokeAdmin user rob"]);
}

#[test]
fn where_people_and_their_group_move_together() {
    let synced = administrated(&[group("admins", &["ann", "bob"])]);
    let _ = synced.synced();
    synced.slapd().rename(&dn("ann"), "uid=anna", "ou=people,dc=example,dc=com");
    synced.slapd().delete(&dn("bob"));
    synced.slapd().replace(&group_dn("admins"), "member", &[&dn("anna"), &dn("cas")]);
    assert_eq!(foreseen(&synced), ["grantAdmin user cas", "revokeAdmin user bob"]);
    assert_eq!(synced.known("anna")["isAdmin"], true);
}

#[test]
fn whoever_is_shut_out_does_not_become_one() {
    let synced = administrated(&[group("admins", &["ann"])]);
    let _ = synced.synced();
    synced.set(&json!({ "ldapEnabled": "false" }));
    let disable = json!({ "ids": [synced.known("bob")["id"]], "action": "disable" });
    let _ = synced.admin.post("/api/users/bulk", &disable).expect(200);
    synced.set(&json!({ "ldapEnabled": "true" }));
    synced.slapd().replace(&group_dn("admins"), "member", &[&dn("ann"), &dn("bob")]);
    assert_eq!(foreseen(&synced), [""; 0]);
    assert_eq!(synced.known("bob")["isAdmin"], false);
}

/// What is known of their entry goes, and with it what their group names them by.
#[test]
fn whoever_is_shut_out_and_gone_stays_what_they_were_until_the_group_changes() {
    let synced = administrated(&[group("admins", &["ann", "bob"])]);
    let _ = synced.synced();
    synced.set(&json!({ "ldapEnabled": "false" }));
    let disable = json!({ "ids": [synced.known("ann")["id"]], "action": "disable" });
    let _ = synced.admin.post("/api/users/bulk", &disable).expect(200);
    synced.set(&json!({ "ldapEnabled": "true" }));
    let _ = synced.synced();
    synced.slapd().delete(&dn("ann"));
    for name in ["One", "Another"] {
        synced.slapd().replace(&dn("cas"), "sn", &[name]);
        assert_eq!(foreseen(&synced), [""; 0], "{name}");
    }
    synced.slapd().replace(
        &group_dn("admins"),
        "member",
        &["ann", "bob", "cas"].map(dn).each_ref().map(String::as_str),
    );
    assert_eq!(foreseen(&synced), ["grantAdmin user cas", "revokeAdmin user ann"]);
}

#[test]
fn whoever_comes_back_is_there_to_take_over() {
    let ldif = format!("{}{}", people(&["ann", "bob"]), group("admins", &["ann", "bob"]));
    let synced = Synced::beside(Slapd::with(&ldif), &[("EXTRA_ATTRIBUTES", "employeeType")]);
    let here = "(&(objectClass=inetOrgPerson)(!(employeeType=gone)))";
    synced.set(&json!({ "ldapUserSearchFilter": here }));
    let bob = only(&synced, "bob");
    synced.slapd().replace(&dn("ann"), "employeeType", &["gone"]);
    let _ = bob.synced();
    synced.slapd().replace(&dn("ann"), "employeeType", &[]);
    synced.slapd().replace(&group_dn("admins"), "member", &[&dn("ann")]);
    let plan = bob.preview();
    assert_eq!(bob.told(&plan), ["enable user ann", "revokeAdmin user bob", "update group admins"]);
    let _ = bob.sync().expect(204);
    assert_eq!(bob.admin.get("/api/users").expect(403).code(), "forbidden", "Ann is one now");
}

#[test]
fn what_stands_against_a_user_stands_against_their_rights() {
    let synced = administrated(&[group("admins", &["ann", "bob"])]);
    let local = json!({ "username": "bob", "firstName": "Bob", "email": "b@example.net" });
    let _ = synced.admin.post("/api/users", &local).expect(201);
    assert_eq!(foreseen(&synced), ["grantAdmin user ann"]);
    assert_eq!(synced.known("bob")["isAdmin"], false);
}

#[test]
fn whoever_came_between_plan_and_sync_gets_nothing_and_the_run_says_so() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapAdminGroupName": "admins" }));
    let plan = synced.preview();
    assert_eq!(told(&synced, &plan), ["grantAdmin user ann"]);
    assert!(synced.changes(&plan).iter().all(|change| change["userId"].is_null()), "not here yet");
    let local = json!({ "username": "ann", "firstName": "Ann", "email": "a@example.net" });
    let _ = synced.admin.post("/api/users", &local).expect(201);
    let run = applied(&synced, &plan);
    assert_eq!(synced.conflicts(&run), ["ann: usernameTaken"]);
    assert_eq!(told(&synced, &run), [""; 0]);
    assert_eq!(synced.known("ann")["isAdmin"], false);
    let conflict = synced.changes(&run).into_iter().find(|change| change["action"] == "conflict");
    assert_eq!(conflict.expect("a conflict")["userId"], Value::Null, "she has not been made");
}

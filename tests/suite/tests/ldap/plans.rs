//! A plan is applied as it was looked at, or not at all.

use directory::people::{dn, person};
use serde_json::json;

use super::{Synced, small};

#[test]
fn a_preview_changes_nothing_until_it_is_applied() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapEnabled": "false" }));
    let plan = synced.preview();
    assert_eq!((&plan["state"], &plan["canApply"]), (&json!("planned"), &json!(true)));
    assert_eq!((&plan["users"]["create"], &plan["groups"]["create"]), (&json!(3), &json!(2)));
    assert!(synced.user("ann").is_none() && synced.members("staff").is_none());
    assert_eq!(synced.apply(&plan).expect(409).code(), "ldap_disabled");
    synced.set(&json!({ "ldapEnabled": "true" }));
    let plan = synced.preview();
    let _ = synced.apply(&plan).expect(204);
    let _ = synced.apply(&plan).expect(204);
    assert_eq!(synced.members("staff").expect("staff"), ["ann", "bob"]);
    let path = format!("/api/ldap/runs/{}", plan["id"].as_str().expect("an id"));
    let applied = synced.admin.get(&path).expect(200).json;
    assert_eq!((&applied["state"], &applied["canApply"]), (&json!("done"), &json!(false)));
    assert_eq!(applied["memberships"]["add"], 3);
}

#[test]
fn a_plan_is_outdated_once_another_was_applied() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    synced.slapd().replace(&dn("ann"), "mail", &["first@example.org"]);
    let plan = synced.preview();
    synced.slapd().replace(&dn("ann"), "mail", &["second@example.org"]);
    let _ = synced.synced();
    assert_eq!(synced.apply(&plan).expect(409).code(), "ldap_plan_outdated");
    assert_eq!(synced.known("ann")["email"], "second@example.org");
}

#[test]
fn of_two_plans_that_were_looked_at_the_older_outdates_the_newer() {
    let synced = Synced::with(&small());
    let (older, newer) = (synced.preview(), synced.preview());
    let _ = synced.apply(&older).expect(204);
    assert_eq!(synced.apply(&newer).expect(409).code(), "ldap_plan_outdated");
    assert_eq!(synced.synced()["progress"]["total"], 0);
    assert_eq!(synced.members("staff").expect("staff"), ["ann", "bob"]);
}

#[test]
fn a_plan_by_other_settings_is_outdated() {
    let synced = Synced::with(&small());
    let plan = synced.preview();
    synced.set(&json!({ "ldapAdminGroupName": "staff" }));
    assert_eq!(synced.apply(&plan).expect(409).code(), "ldap_plan_outdated");
    assert!(synced.user("ann").is_none());
}

#[test]
fn what_was_changed_here_since_a_plan_was_made_is_brought_in_line_by_the_next_sync() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    synced.slapd().replace(&dn("ann"), "mail", &["new@example.org"]);
    let plan = synced.preview();
    synced.set(&json!({ "ldapEnabled": "false" }));
    let path =
        |name: &str| format!("/api/users/{}", synced.known(name)["id"].as_str().expect("an id"));
    let _ = synced.admin.delete(&path("cas")).expect(204);
    let edited = json!({ "username": "bob", "email": "edited@example.org" });
    let _ = synced.admin.put(&path("bob"), &edited).expect(200);
    synced.set(&json!({ "ldapEnabled": "true" }));
    let _ = synced.apply(&plan).expect(204);
    let run = synced.synced();
    assert_eq!(synced.told(&run), ["create user cas", "update user bob"]);
}

#[test]
fn a_plan_of_the_day_before_yesterday_is_outdated() {
    let synced = Synced::with(&small());
    let plan = synced.preview();
    synced.clock.forward_seconds(2 * 24 * 60 * 60);
    assert_eq!(synced.apply(&plan).expect(409).code(), "ldap_plan_outdated");
    assert!(synced.user("ann").is_none());
}

#[test]
fn what_the_directory_does_after_a_preview_comes_with_the_next_sync() {
    let synced = Synced::with(&small());
    let plan = synced.preview();
    synced.slapd().replace(&dn("ann"), "mail", &["later@example.org"]);
    synced.slapd().delete(&dn("cas"));
    synced.slapd().add(&person("dan"));
    let _ = synced.apply(&plan).expect(204);
    assert_eq!(synced.known("ann")["email"], "ann@example.org", "as it was looked at");
    assert!(synced.user("dan").is_none());
    let run = synced.synced();
    assert_eq!(synced.told(&run), ["create user dan", "disable user cas", "update user ann"]);
    assert_eq!(synced.known("ann")["email"], "later@example.org");
}

#[test]
fn a_name_taken_here_after_a_preview_is_a_conflict_and_the_rest_is_applied() {
    let synced = Synced::with(&small());
    let plan = synced.preview();
    let own = json!({ "username": "bob", "email": "robert@example.net" });
    let bob = synced.admin.post("/api/users", &own).expect(201).json;
    let zoe = json!({ "username": "zoe", "email": "cas@example.org" });
    let _ = synced.admin.post("/api/users", &zoe).expect(201);
    let group = json!({ "name": "admins", "friendlyName": "Our own" });
    let _ = synced.admin.post("/api/user-groups", &group).expect(201);
    let _ = synced.apply(&plan).expect(204);
    let kept = synced.known("bob");
    assert_eq!((&kept["id"], &kept["email"]), (&bob["id"], &bob["email"]));
    assert!(synced.user("ann").is_some() && synced.user("cas").is_none());
    assert_eq!(synced.members("staff").expect("staff"), ["ann"]);
    assert_eq!(synced.members("admins").expect("admins"), [""; 0]);
    let run = synced.synced();
    assert_eq!(
        synced.conflicts(&run),
        ["admins: nameTaken", "bob: usernameTaken", "cas: emailTaken"]
    );
}

#[test]
fn applying_needs_a_fresh_assertion() {
    let mut synced = Synced::with(&small());
    let plan = synced.preview();
    let path = format!("/api/ldap/runs/{}/apply", plan["id"].as_str().expect("an id"));
    let _ = synced.deployment.admin.register().expect(200);
    // Long enough for the session's own freshness to end, and not the session.
    synced.clock.forward_seconds(6 * 60);
    let session = synced.deployment.admin.client.clone();
    let refused = session.post_empty(&path).expect(401);
    assert_eq!(refused.code(), "reauthentication_required");
    assert!(synced.user("ann").is_none());
    let _ = synced.deployment.admin.reauthenticate(&session).expect(204);
    assert!(matches!(session.post_empty(&path).status, 202 | 204));
}

#[test]
fn a_plan_whose_settings_have_changed_since_is_not_applied_blindly() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    synced.slapd().replace(&dn("ann"), "mail", &["new@example.org"]);
    let plan = synced.preview();
    synced.set(&json!({ "ldapUserSearchFilter": "(uid=bob)" }));
    let reply = synced.apply(&plan);
    assert!(matches!(reply.status, 204 | 409), "{}", reply.text);
    for name in ["ann", "bob", "cas"] {
        assert!(!synced.is_disabled(name));
    }
}

//! The first time, and then again.

use serde_json::json;

use super::{Synced, people, small};

const SYNC: &str = "/api/application-configuration/sync-ldap";

#[test]
fn a_first_sync_makes_everybody_every_group_and_the_administrators() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapAdminGroupName": "admins" }));
    let run = synced.synced();
    assert_eq!((&run["trigger"], &run["failure"]), (&json!("manual"), &json!(null)));
    assert_eq!(run["startedBy"]["username"], synced.deployment.admin.user["username"]);
    assert_eq!((&run["users"]["read"], &run["users"]["create"]), (&json!(3), &json!(3)));
    assert_eq!((&run["groups"]["read"], &run["groups"]["create"]), (&json!(2), &json!(2)));
    assert_eq!((&run["memberships"]["add"], &run["admins"]["grant"]), (&json!(3), &json!(1)));
    let ann = synced.known("ann");
    for (field, value) in [
        ("email", "ann@example.org"),
        ("firstName", "Given"),
        ("lastName", "ann"),
        ("displayName", "The ann"),
    ] {
        assert_eq!(ann[field], value);
    }
    assert_eq!((&ann["isAdmin"], &ann["disabled"]), (&json!(true), &json!(false)));
    assert_eq!(ann["ldapId"].as_str().map(str::len), Some(36));
    assert_eq!(synced.known("bob")["isAdmin"], false);
    assert_eq!(synced.members("staff").expect("staff"), ["ann", "bob"]);
    assert_eq!(synced.members("admins").expect("admins"), ["ann"]);
    let told = synced.told(&run);
    for made in ["create user ann", "create user cas", "create group staff"] {
        assert!(told.contains(&made.to_owned()), "{told:?}");
    }
}

#[test]
fn a_directory_that_has_not_changed_costs_next_to_nothing_and_changes_nothing() {
    let names: Vec<String> = (0..300).map(|number| format!("person{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let synced = Synced::with(&people(&names));
    assert_eq!(synced.synced()["users"]["create"], 300);
    let before = synced.everything();
    let (bytes, lines) = (synced.server.ldap.passed_on(), synced.server.ledger.lines().len());
    let run = synced.synced();
    assert_eq!((&run["users"]["read"], &run["progress"]["total"]), (&json!(300), &json!(0)));
    assert_eq!(synced.changes(&run), [json!(null); 0]);
    let line = &synced.server.ledger.lines()[lines];
    assert!(line["trips"].as_u64().expect("trips") <= 5, "{line}");
    let bytes = synced.server.ldap.passed_on() - bytes;
    assert!(bytes < 70_000, "{bytes} bytes");
    assert_eq!(synced.everything(), before);
}

#[test]
fn more_people_than_one_request_applies_all_come() {
    let names: Vec<String> = (0..16_500).map(|number| format!("person{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let synced = Synced::with(&people(&names));
    let _ = synced.synced();
    let lines = synced.server.ledger.lines();
    let asked = lines.iter().filter(|line| line["route"] == SYNC);
    assert!(asked.count() > 1, "so many chunks are more than a request's statements");
    let run = synced.newest_run();
    assert_eq!((&run["users"]["create"], &run["users"]["conflict"]), (&json!(16_500), &json!(0)));
    assert_eq!(run["progress"], json!({ "done": 16_500, "total": 16_500 }));
    let users = synced.admin.get("/api/users").expect(200).json;
    assert_eq!(users["pagination"]["totalItems"], 16_501);
    assert_eq!(synced.changes(&run).len(), 16_500);
    let path = format!("/api/ldap/runs/{}/changes.csv", run["id"].as_str().expect("an id"));
    let csv = synced.admin.get(&path).expect(200);
    assert!(csv.header("content-type").starts_with("text/csv"), "{}", csv.header("content-type"));
    assert_eq!(csv.text.lines().count(), 16_501);
}

#[test]
fn a_test_shows_what_would_come_without_the_sync_being_on() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapEnabled": "false" }));
    let found = synced.test().expect(200).json;
    assert_eq!((&found["users"]["total"], &found["groups"]["total"]), (&json!(3), &json!(2)));
    let samples = found["users"]["samples"].as_array().expect("samples");
    let ann = samples.iter().find(|sample| sample["username"] == "ann").expect("ann");
    assert_eq!((&ann["email"], &ann["problem"]), (&json!("ann@example.org"), &json!(null)));
    assert_eq!((&ann["displayName"], &ann["firstName"]), (&json!("The ann"), &json!("Given")));
    let groups = found["groups"]["samples"].as_array().expect("samples");
    let staff = groups.iter().find(|sample| sample["name"] == "staff").expect("staff");
    assert_eq!(staff["memberCount"], 3);
    assert!(synced.user("ann").is_none());
    assert_eq!(synced.runs(), [json!(null); 0]);
}

#[test]
fn whoever_came_from_the_directory_can_be_let_in() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    let token = synced.deployment.new_link(&synced.known("bob"));
    let path = format!("/api/one-time-access-token/{token}");
    let bob = synced.deployment.client();
    assert_eq!(bob.post_empty(&path).expect(200).json["username"], "bob");
}

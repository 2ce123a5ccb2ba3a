//! Who may, when, and what is said otherwise.

use postern_suite::SCHEDULE_KEY;
use serde_json::json;

use super::{Synced, small};

const ROUTES: [(&str, &str); 8] = [
    ("POST", "/api/application-configuration/test-ldap"),
    ("POST", "/api/application-configuration/preview-ldap"),
    ("POST", "/api/application-configuration/sync-ldap"),
    ("GET", "/api/ldap/runs"),
    ("GET", "/api/ldap/runs/00000000-0000-4000-8000-000000000001"),
    ("GET", "/api/ldap/runs/00000000-0000-4000-8000-000000000001/changes"),
    ("GET", "/api/ldap/runs/00000000-0000-4000-8000-000000000001/changes.csv"),
    ("POST", "/api/ldap/runs/00000000-0000-4000-8000-000000000001/apply"),
];

#[test]
fn administrators_alone_may_see_and_sync() {
    let synced = Synced::with(&small());
    let somebody = synced.deployment.newcomer().client;
    let stranger = synced.deployment.client();
    for (method, path) in ROUTES {
        assert_eq!(somebody.send(method, path, None).expect(403).code(), "forbidden", "{path}");
        assert_eq!(stranger.send(method, path, None).expect(401).code(), "not_signed_in", "{path}");
    }
    assert_eq!(synced.server.ldap.connections(), 0, "nobody was asked");
}

#[test]
fn a_run_that_never_was_is_not_found() {
    let synced = Synced::with(&small());
    for (method, path) in &ROUTES[4..7] {
        assert_eq!(synced.admin.send(method, path, None).expect(404).code(), "not_found", "{path}");
    }
    let status = synced.admin.send(ROUTES[7].0, ROUTES[7].1, None).status;
    assert!(matches!(status, 404 | 409), "{status}");
    let _ = synced.admin.get("/api/ldap/runs/no-identifier").expect(404);
}

#[test]
fn a_sync_that_is_off_or_not_set_up_says_what_is_missing() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapEnabled": "false" }));
    assert_eq!(synced.sync().expect(409).code(), "ldap_disabled");
    synced.configure();
    synced.set(&json!({ "ldapBase": "", "ldapAttributeUserUsername": "" }));
    for reply in [synced.sync(), synced.test()] {
        let reply = reply.expect(409);
        assert_eq!(reply.code(), "ldap_not_configured");
        let missing = reply.json["details"]["missing"].as_array().expect("names").clone();
        assert!(missing.contains(&json!("ldapBase")), "{missing:?}");
        assert!(missing.contains(&json!("ldapAttributeUserUsername")), "{missing:?}");
    }
    assert_eq!(synced.server.ldap.connections(), 0);
}

#[test]
fn the_clock_of_a_scheduler_starts_a_sync_when_its_interval_has_passed() {
    let synced = Synced::with(&small());
    synced.set(&json!({ "ldapSyncInterval": "30" }));
    let path = "/api/scheduled/ldap";
    assert_eq!(synced.deployment.client().post_empty(path).expect(401).code(), "not_signed_in");
    let wrong = synced.deployment.client().with_header("authorization", "Bearer native-schedule");
    let _ = wrong.post_empty(path).expect(401);
    let bearer = format!("Bearer {SCHEDULE_KEY}");
    let clock = synced.deployment.client().with_header("authorization", &bearer);
    let strike = || {
        let status = clock.post_empty(path).status;
        assert!((200..300).contains(&status), "{status}");
    };
    for _ in 0..3 {
        strike();
    }
    assert_eq!(synced.runs().len(), 1, "one is enough for the interval");
    let run = synced.newest_run();
    assert_eq!((&run["trigger"], &run["startedBy"]), (&json!("schedule"), &json!(null)));
    assert_eq!((&run["state"], &run["users"]["create"]), (&json!("done"), &json!(3)));
    synced.clock.forward_seconds(31 * 60);
    strike();
    assert_eq!(synced.runs().len(), 2);
    synced.set(&json!({ "ldapEnabled": "false" }));
    synced.clock.forward_seconds(31 * 60);
    strike();
    assert_eq!(synced.runs().len(), 2, "it is off");
}

#[test]
fn every_run_leaves_an_entry_in_the_audit_log() {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    let log = synced.admin.get("/api/audit-logs/all?pagination[limit]=100").expect(200).json;
    let entries = log["data"].as_array().expect("a list");
    let of_sync: Vec<_> = entries
        .iter()
        .filter_map(|entry| entry["event"].as_str())
        .filter(|event| event.starts_with("LDAP"))
        .collect();
    assert!(!of_sync.is_empty(), "{entries:?}");
    let made: Vec<_> = entries.iter().filter(|entry| entry["username"] == "ann").collect();
    assert!(!made.is_empty(), "who came is in the log");
    assert!(!log.to_string().contains(directory::SECRET));
}

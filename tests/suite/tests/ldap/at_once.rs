//! Several who sync at once.

use postern_suite::ldap::Syncing;
use serde_json::{Value, json};

use super::{Synced, people, small};

#[test]
fn ten_who_sync_at_once_make_everybody_once() {
    let names: Vec<String> = (0..700).map(|number| format!("p{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let synced = Synced::with(&people(&names));
    let syncing: Vec<_> = (0..10)
        .map(|_| {
            let by = Syncing { admin: synced.admin.clone() };
            std::thread::spawn(move || by.sync().status)
        })
        .collect();
    for by in syncing {
        assert_eq!(by.join().expect("no panic"), 204);
    }
    let made = |run: &Value| run["users"]["create"].as_u64().unwrap_or(0);
    assert_eq!(synced.runs().iter().map(made).sum::<u64>(), 700);
    let users = synced.admin.get("/api/users").expect(200).json;
    assert_eq!(users["pagination"]["totalItems"], 701);
    assert_eq!(synced.synced()["progress"]["total"], 0);
}

#[test]
fn while_one_reads_another_is_told_so_and_changes_nothing() {
    let synced = Synced::with(&small());
    synced.server.ldap.hold_after(10);
    let admin = synced.admin.clone();
    let first = std::thread::spawn(move || Syncing { admin }.sync());
    synced.server.ldap.wait_for_hold();
    let second = synced.admin.post_empty("/api/application-configuration/sync-ldap").expect(202);
    assert_eq!(second.json["state"], "reading");
    let preview = synced.admin.post_empty("/api/application-configuration/preview-ldap");
    assert_eq!(preview.expect(202).json["id"], second.json["id"]);
    assert!(synced.user("ann").is_none());
    synced.server.ldap.release();
    let _ = first.join().expect("no panic").expect(204);
    assert_eq!(synced.runs().len(), 1);
    assert_eq!(synced.members("staff").expect("staff"), ["ann", "bob"]);
}

#[test]
fn two_who_apply_one_plan_apply_it_once() {
    let synced = Synced::with(&small());
    let plan = synced.preview();
    let applying: Vec<_> = (0..5)
        .map(|_| {
            let (by, plan) = (Syncing { admin: synced.admin.clone() }, plan.clone());
            std::thread::spawn(move || by.apply(&plan).status)
        })
        .collect();
    let mut applied = 0;
    for by in applying {
        let status = by.join().expect("no panic");
        assert!(matches!(status, 204 | 409), "{status}");
        applied += usize::from(status == 204);
    }
    assert!(applied >= 1);
    assert_eq!(synced.members("staff").expect("staff"), ["ann", "bob"]);
    assert_eq!(synced.synced()["progress"], json!({ "done": 0, "total": 0 }));
}

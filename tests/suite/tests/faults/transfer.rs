//! An import that is killed in the middle, and an export.

use postern_suite::Fault;
use serde_json::Value;

use super::{Faulty, faulty, something_went_wrong};

fn import(faulty: &Faulty) -> postern_suite::Reply {
    let client = faulty.deployment.admin.client.clone().with_header("content-type", "text/csv");
    let file = "username,email,firstName,disabled\nnew1,new1@example.com,N,\nold,,Changed,true\n";
    let file = file.replace("old,,", "old,old@example.com,");
    client.send("POST", "/api/users/import?onConflict=update", Some(file.as_bytes()))
}

fn everybody(faulty: &Faulty) -> Value {
    faulty.deployment.admin.client.get("/api/users").expect(200).json
}

#[test]
fn an_import_killed_at_any_statement_changes_nobody() {
    let faulty = faulty();
    let old = serde_json::json!({ "username": "old", "email": "old@example.com" });
    let _ = faulty.deployment.admin.client.post("/api/users", &old).expect(201);
    let before = everybody(&faulty);
    // One to stage, ten to act, one to tell, one to clear.
    for statement in 0..13 {
        faulty.database.fail(Fault::KilledAt(statement), 1);
        something_went_wrong(import(&faulty));
        assert_eq!(everybody(&faulty), before, "killed at {statement}");
    }
    let reply = import(&faulty).expect(200);
    assert_eq!(reply.json["summary"]["create"], 1);
    assert_eq!(reply.json["summary"]["update"], 1);
}

#[test]
fn an_import_whose_reply_was_lost_can_be_sent_again() {
    let faulty = faulty();
    let old = serde_json::json!({ "username": "old", "email": "old@example.com" });
    let _ = faulty.deployment.admin.client.post("/api/users", &old).expect(201);
    faulty.database.fail(Fault::ReplyLost, 1);
    something_went_wrong(import(&faulty));
    let reply = import(&faulty).expect(200);
    assert_eq!(reply.json["summary"]["skip"], 2);
    assert_eq!(everybody(&faulty)["pagination"]["totalItems"], 3);
}

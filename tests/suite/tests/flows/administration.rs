//! The configuration and the audit log, as clients see them.

mod audit_log;
pub(crate) mod configuration;

use postern_suite::{Deployment, Person, unique};
use serde_json::json;

/// An administrator of one's own, who came in just now by a link and has no passkey.
pub(crate) fn administrator(deployment: &Deployment) -> Person {
    let number = unique();
    let body = json!({
        "username": format!("chief{number}"), "email": format!("chief{number}@example.com"),
        "isAdmin": true,
    });
    let user = deployment.admin.client.post("/api/users", &body).expect(201).json;
    let token = deployment.new_link(&user);
    let mut person = deployment.newcomer();
    person.client = deployment.client();
    let redeemed = person.client.post_empty(&format!("/api/one-time-access-token/{token}"));
    person.user = redeemed.expect(200).json;
    person
}

#[test]
fn anybody_signed_in_learns_the_version_and_the_latest_one_is_no_other() {
    let deployment = Deployment::shared();
    let _ = deployment.client().get("/api/version/current").expect(401);
    let person = deployment.newcomer();
    let current = person.client.get("/api/version/current").expect(200).text_of("currentVersion");
    let latest = deployment.client().get("/api/version/latest").expect(200);
    assert_eq!(latest.text_of("latestVersion"), current);
    assert_eq!(current.split('.').count(), 3);
}

//! The same to many users.

use postern_suite::Deployment;
use serde_json::{Value, json};

fn bulk(deployment: &Deployment, body: &Value) -> Vec<(Value, Value)> {
    let reply = deployment.admin.client.post("/api/users/bulk", body).expect(200).json;
    let results = reply["results"].as_array().expect("results").clone();
    results.into_iter().map(|result| (result["outcome"].clone(), result["code"].clone())).collect()
}

#[test]
fn each_user_gets_an_outcome_in_the_order_named() {
    let deployment = Deployment::shared();
    let person = deployment.member();
    let other = deployment.new_user();
    let nobody = "6b1c2c1e-0000-4000-8000-000000000000";
    let ids = json!([person.id(), nobody, deployment.admin.id(), other["id"], person.id()]);
    let act = |action: &str| bulk(deployment, &json!({ "ids": ids, "action": action }));
    let done = || (json!("done"), Value::Null);
    let unknown = || (json!("unknown"), json!("user_not_found"));
    let own = || (json!("refused"), json!("own_account"));
    let unchanged = || (json!("unchanged"), Value::Null);
    assert_eq!(act("disable"), [done(), unknown(), own(), done()]);
    let _ = person.client.get("/api/users/me").expect(401);
    assert_eq!(act("disable"), [unchanged(), unknown(), own(), unchanged()]);
    assert_eq!(act("enable"), [done(), unknown(), unchanged(), done()]);
    assert_eq!(act("delete"), [done(), unknown(), own(), done()]);
    assert_eq!(act("delete"), [unknown(), unknown(), own(), unknown()]);
    let _ = deployment.admin.client.get("/api/users/me").expect(200);
}

#[test]
fn what_is_no_bulk_act_is_refused_by_field() {
    let deployment = Deployment::shared();
    let many: Vec<String> = (0..1001).map(|i| format!("6b1c2c1e-0000-4000-8000-{i:012}")).collect();
    for (body, code, field) in [
        (json!({ "ids": [], "action": "enable" }), "validation_failed", "ids"),
        (json!({ "ids": many, "action": "enable" }), "validation_failed", "ids"),
        (json!({ "ids": [many[0]], "action": "addToGroup" }), "validation_failed", "groupId"),
        (json!({ "ids": [many[0]], "action": "explode" }), "invalid_request_body", "action"),
        (json!({ "ids": ["x"], "action": "enable" }), "invalid_request_body", "ids[0]"),
        (json!({ "ids": null, "action": "enable" }), "invalid_request_body", "ids"),
    ] {
        let reply = deployment.admin.client.post("/api/users/bulk", &body).expect(400);
        assert_eq!(reply.code(), code);
        assert_eq!(reply.json["details"]["fields"][0]["field"], field);
    }
    let group = json!({ "ids": [many[0]], "action": "addToGroup", "groupId": many[1] });
    assert_eq!(
        deployment.admin.client.post("/api/users/bulk", &group).expect(404).code(),
        "not_found"
    );
}

#[test]
fn a_thousand_users_go_in_one_request() {
    let deployment = Deployment::shared();
    let user = deployment.new_user();
    let mut ids: Vec<Value> =
        (0..999).map(|i| json!(format!("6b1c2c1e-0000-4000-8000-{i:012}"))).collect();
    ids.push(user["id"].clone());
    let outcomes = bulk(deployment, &json!({ "ids": ids, "action": "disable" }));
    assert_eq!(outcomes.len(), 1000);
    assert_eq!(outcomes[999].0, "done");
}

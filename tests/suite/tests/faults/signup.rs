//! A sign-up that is killed in the middle, and one whose reply was lost.

use postern_suite::{Deployment, Fault};
use serde_json::{Value, json};

use super::{Faulty, faulty, something_went_wrong};

/// What a sign-up changes, as administrators see it.
fn traces(faulty: &Faulty, token: &Value) -> [Value; 4] {
    let admin = &faulty.deployment.admin.client;
    let uses = format!("/api/signup-tokens/{}/uses", token["id"].as_str().expect("an id"));
    let entries = "/api/audit-logs/all?filters[event]=ACCOUNT_CREATED";
    [
        admin.get("/api/users").expect(200).json,
        admin.get("/api/signup-tokens").expect(200).json,
        admin.get(&uses).expect(200).json,
        admin.get(entries).expect(200).json["data"].clone(),
    ]
}

fn grouped_token(faulty: &Faulty) -> Value {
    let admin = &faulty.deployment.admin.client;
    let group = json!({ "friendlyName": "The class", "name": "class" });
    let group = admin.post("/api/user-groups", &group).expect(201).text_of("id");
    let claims = json!([{ "key": "team", "value": "a" }]).to_string();
    let form = json!({ "signupDefaultCustomClaims": claims });
    let _ = admin.put("/api/application-configuration", &form).expect(200);
    let body = json!({ "usageLimit": 1, "userGroupIds": [group] });
    admin.post("/api/signup-tokens", &body).expect(201).json
}

#[test]
fn a_sign_up_killed_at_any_statement_leaves_no_account_and_the_token_as_it_was() {
    let faulty = faulty();
    let token = grouped_token(&faulty);
    let body = Deployment::application(&token["token"]);
    let before = traces(&faulty, &token);
    // Five of the limits, the way, what is taken, the user, six that hang on them, the session's
    // three, one to tell.
    for statement in 0..18 {
        let client = faulty.deployment.client();
        faulty.database.fail(Fault::KilledAt(statement), 1);
        something_went_wrong(client.post("/api/signup", &body));
        assert!(client.cookie("access_token").is_none());
        assert_eq!(traces(&faulty, &token), before, "killed at {statement}");
    }
    let user = faulty.deployment.client().post("/api/signup", &body).expect(201).json;
    assert_eq!(user["userGroups"].as_array().map(Vec::len), Some(1));
    assert_eq!(user["customClaims"], json!([{ "key": "team", "value": "a" }]));
}

#[test]
fn a_sign_up_whose_reply_was_lost_has_cost_one_use_and_can_be_mended_by_a_link() {
    let faulty = faulty();
    let token = grouped_token(&faulty);
    let body = Deployment::application(&token["token"]);
    let client = faulty.deployment.client();
    faulty.database.fail(Fault::ReplyLost, 1);
    something_went_wrong(client.post("/api/signup", &body));
    assert_eq!(client.post("/api/signup", &body).expect(401).code(), "token_invalid_or_expired");
    let [users, ..] = traces(&faulty, &token);
    let name = &body["username"];
    let user = users["data"].as_array().expect("a list").iter().find(|u| u["username"] == *name);
    let link = faulty.deployment.new_link(user.expect("the account is there"));
    let _ = client.post_empty(&format!("/api/one-time-access-token/{link}")).expect(200);
}

#[test]
fn a_token_killed_at_any_statement_of_its_making_or_revoking_is_as_it_was() {
    let faulty = faulty();
    let token = grouped_token(&faulty);
    let admin = &faulty.deployment.admin.client;
    let before = traces(&faulty, &token);
    for statement in 0..5 {
        faulty.database.fail(Fault::KilledAt(statement), 1);
        something_went_wrong(admin.post("/api/signup-tokens", &json!({ "usageLimit": 1 })));
        assert_eq!(traces(&faulty, &token), before, "killed at {statement}");
    }
    let path = format!("/api/signup-tokens/{}", token["id"].as_str().expect("an id"));
    for statement in 0..2 {
        faulty.database.fail(Fault::KilledAt(statement), 1);
        something_went_wrong(admin.delete(&path));
        assert_eq!(traces(&faulty, &token), before, "killed at {statement}");
    }
    let _ = admin.delete(&path).expect(204);
}

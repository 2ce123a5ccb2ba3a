//! When sign-up tokens end, and what the database reveals of them.

use postern_suite::Deployment;
use serde_json::{Value, json};

use super::{Timed, timed};

fn listed(timed: &Timed, query: &str) -> Value {
    let path = format!("/api/signup-tokens?{query}");
    timed.deployment.admin.client.get(&path).expect(200).json["data"].clone()
}

fn sign_up(timed: &Timed, token: &Value) -> postern_suite::Reply {
    timed.deployment.client().post("/api/signup", &Deployment::application(token))
}

/// Gives the administrator a session that outlives a token.
fn long_sessions(timed: &Timed) {
    let admin = &timed.deployment.admin.client;
    let form = json!({ "sessionDuration": "120" });
    let _ = admin.put("/api/application-configuration", &form).expect(200);
    let link = timed.deployment.new_link(&timed.deployment.admin.user);
    let _ = admin.post_empty(&format!("/api/one-time-access-token/{link}")).expect(200);
}

#[test]
fn a_token_ends_after_its_time_and_stays_in_the_whole_list() {
    let timed = timed("off");
    long_sessions(&timed);
    let token = timed.deployment.new_signup_token(9);
    timed.clock.forward_seconds(60 * 60 - 30);
    let _ = sign_up(&timed, &token["token"]).expect(201);
    timed.clock.forward_seconds(30);
    assert_eq!(sign_up(&timed, &token["token"]).expect(401).code(), "token_invalid_or_expired");
    assert_eq!(listed(&timed, ""), json!([]));
    assert_eq!(listed(&timed, "includeExpired=true")[0]["state"], "expired");
}

#[test]
fn a_token_of_another_key_works_and_is_not_shown() {
    let timed = timed("off");
    let token = timed.deployment.new_signup_token(1);
    let other = timed.deployment.new_signup_token(1);
    let check = format!(
        "CREATE TABLE revealed (n INTEGER CHECK (n = 0)) STRICT; \
         INSERT INTO revealed SELECT count(*) FROM signup_tokens \
           WHERE instr(id || hex(token_hash), '{0}') OR instr(token_hash, '{0}'); \
         INSERT INTO revealed SELECT count(*) FROM audit_entries WHERE instr(data, '{0}'); \
         UPDATE signup_tokens SET token_hash = zeroblob(32) WHERE id = '{1}'",
        token["token"].as_str().expect("a token"),
        other["id"].as_str().expect("an id"),
    );
    timed.database.migrate(&check).expect("the token is nowhere");
    let tokens = listed(&timed, "");
    assert_eq!((&tokens[0]["token"], &tokens[0]["state"]), (&token["token"], &json!("active")));
    assert_eq!((&tokens[1]["token"], &tokens[1]["state"]), (&json!(""), &json!("active")));
}

#[test]
fn default_groups_are_for_whom_the_token_has_none_and_default_claims_for_everybody() {
    let timed = timed("off");
    let admin = &timed.deployment.admin.client;
    let group = |name: &str| {
        let body = json!({ "friendlyName": name, "name": name });
        admin.post("/api/user-groups", &body).expect(201).text_of("id")
    };
    let (default, own) = (group("default"), group("own"));
    let gone = "6b1c2c1e-0000-4000-8000-000000000000";
    let claims = json!([{ "key": "team", "value": "a" }]);
    let form = json!({
        "allowUserSignups": "open", "signupDefaultCustomClaims": claims.to_string(),
        "signupDefaultUserGroupIDs": json!([default, gone]).to_string(),
    });
    let _ = admin.put("/api/application-configuration", &form).expect(200);
    let body = json!({ "usageLimit": 2, "userGroupIds": [own] });
    let with_groups = admin.post("/api/signup-tokens", &body).expect(201).json["token"].clone();
    let without = timed.deployment.new_signup_token(1)["token"].clone();
    let groups_of = |token: &Value| {
        let user = sign_up(&timed, token).expect(201).json;
        assert_eq!(user["customClaims"], claims);
        let groups = user["userGroups"].as_array().expect("groups").iter();
        groups.map(|group| group["name"].clone()).collect::<Value>()
    };
    assert_eq!(groups_of(&with_groups), json!(["own"]));
    assert_eq!(groups_of(&without), json!(["default"]));
    assert_eq!(groups_of(&Value::Null), json!(["default"]));
    let _ = admin.delete(&format!("/api/user-groups/{own}")).expect(204);
    assert_eq!(groups_of(&with_groups), json!([]), "not the default ones instead");
}

#[test]
fn an_account_that_waits_is_counted_until_it_is_approved_or_deleted() {
    let timed = timed("off");
    let admin = &timed.deployment.admin.client;
    let form = json!({ "signupRequiresApproval": "true" });
    let _ = admin.put("/api/application-configuration", &form).expect(200);
    let token = timed.deployment.new_signup_token(2);
    let ids = [0; 2].map(|_| sign_up(&timed, &token["token"]).expect(201).text_of("id"));
    let counted = |n: u32| {
        let check = format!(
            "CREATE TABLE counted (n INTEGER CHECK (n = {n})) STRICT; \
             INSERT INTO counted SELECT value FROM counters WHERE name = 'users.awaitingApproval'; \
             INSERT INTO counted SELECT count(*) FROM users WHERE awaiting_approval = 1; \
             DROP TABLE counted"
        );
        timed.database.migrate(&check).expect("the counter agrees");
    };
    counted(2);
    let bulk = json!({ "ids": [ids[0]], "action": "enable" });
    let _ = admin.post("/api/users/bulk", &bulk).expect(200);
    counted(1);
    let _ = admin.delete(&format!("/api/users/{}", ids[1])).expect(204);
    counted(0);
}

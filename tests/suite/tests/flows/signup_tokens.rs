//! Sign-up tokens, as administrators make, list and revoke them.

use postern_suite::{Deployment, Reply, unique};
use serde_json::{Value, json};

use crate::signup::{by_default, sign_up, text, uses};

const PATH: &str = "/api/signup-tokens";

fn mint(deployment: &Deployment, body: &Value) -> Reply {
    deployment.admin.client.post(PATH, body)
}

fn new_group(deployment: &Deployment) -> Value {
    let number = unique();
    let body =
        json!({ "friendlyName": format!("Class {number}"), "name": format!("class{number}") });
    deployment.admin.client.post("/api/user-groups", &body).expect(201).json
}

/// All tokens that a query tells, whatever page they are on.
fn list(deployment: &Deployment, query: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for page in 1.. {
        let path = format!("{PATH}?pagination[limit]=100&pagination[page]={page}&{query}");
        let listed = deployment.admin.client.get(&path).expect(200).json;
        found.extend(listed["data"].as_array().expect("a list").iter().cloned());
        if listed["pagination"]["totalPages"].as_u64() <= Some(page) {
            break;
        }
    }
    found
}

fn listed(deployment: &Deployment, query: &str, token: &Value) -> Option<Value> {
    list(deployment, query).into_iter().find(|listed| listed["id"] == token["id"])
}

fn fields(reply: &Reply) -> Vec<&str> {
    let fields = reply.json["details"]["fields"].as_array().expect("fields");
    fields.iter().map(|field| text(&field["field"])).collect()
}

fn entries(deployment: &Deployment, event: &str, token: &Value) -> Vec<Value> {
    let path = format!("/api/audit-logs/all?filters[event]={event}&pagination[limit]=100");
    let entries = deployment.admin.client.get(&path).expect(200).json["data"].clone();
    let entries = entries.as_array().expect("a list").clone();
    entries.into_iter().filter(|entry| entry["data"]["signupTokenId"] == token["id"]).collect()
}

fn minutes_between(token: &Value) -> i64 {
    let at = |member: &str| {
        domain::Timestamp::from_rfc3339(text(&token[member])).expect("a time").as_ms()
    };
    (at("expiresAt") - at("createdAt")) / 60_000
}

#[test]
fn a_token_is_made_as_the_contract_says_and_shown_again() {
    let deployment = Deployment::shared();
    let group = new_group(deployment);
    let body = json!({ "usageLimit": 3, "userGroupIds": [group["id"], group["id"]] });
    let token = mint(deployment, &body).expect(201).json;
    assert!(text(&token["token"]).len() * 6 >= 128);
    assert_eq!(minutes_between(&token), 60, "an hour by default");
    assert_eq!((&token["usageLimit"], &token["usageCount"]), (&json!(3), &json!(0)));
    assert_eq!(token["state"], "active");
    let admin = &deployment.admin.user;
    let author = json!({ "id": admin["id"], "username": admin["username"] });
    assert_eq!(token["createdBy"], author);
    assert_eq!(token["userGroups"].as_array().map(Vec::len), Some(1));
    for member in ["id", "name", "friendlyName", "createdAt"] {
        assert_eq!(token["userGroups"][0][member], group[member], "{member}");
    }
    assert_eq!(listed(deployment, "", &token), Some(token.clone()));
    let other = mint(deployment, &body).expect(201).json;
    assert_ne!(other["token"], token["token"]);
}

#[test]
fn lifetime_and_limit_are_checked_by_name_and_at_once() {
    let deployment = Deployment::shared();
    for (body, wrong) in [
        (json!({}), vec!["usageLimit"]),
        (json!({ "usageLimit": 0 }), vec!["usageLimit"]),
        (json!({ "usageLimit": -1 }), vec!["usageLimit"]),
        (json!({ "usageLimit": 101 }), vec!["usageLimit"]),
        (json!({ "usageLimit": 101, "largeUsageLimit": false }), vec!["usageLimit"]),
        (json!({ "usageLimit": 10_001, "largeUsageLimit": true }), vec!["usageLimit"]),
        (json!({ "usageLimit": 1, "ttl": 1 }), vec!["ttl"]),
        (json!({ "usageLimit": 1, "ttl": "745h" }), vec!["ttl"]),
        (json!({ "usageLimit": 0, "ttl": "soon" }), vec!["ttl", "usageLimit"]),
        (json!({ "usageLimit": 1.5 }), vec!["usageLimit"]),
        (json!({ "usageLimit": "1" }), vec!["usageLimit"]),
        (json!({ "usageLimit": 1, "userGroupIds": ["x"] }), vec!["userGroupIds[0]"]),
    ] {
        assert_eq!(fields(&mint(deployment, &body).expect(400)), wrong, "{body}");
    }
    for (body, minutes) in [
        (json!({ "usageLimit": 1, "ttl": 0 }), 60),
        (json!({ "usageLimit": 100, "ttl": "744h" }), 31 * 24 * 60),
        (json!({ "usageLimit": 10_000, "largeUsageLimit": true, "ttl": 120 }), 2),
    ] {
        assert_eq!(minutes_between(&mint(deployment, &body).expect(201).json), minutes, "{body}");
    }
}

#[test]
fn groups_that_do_not_exist_are_named_and_nothing_is_made() {
    let deployment = Deployment::shared();
    let group = new_group(deployment)["id"].clone();
    let unknown = "6b1c2c1e-0000-4000-8000-000000000000";
    let before = list(deployment, "includeExpired=true").len();
    let body = json!({ "usageLimit": 77, "userGroupIds": [group, unknown] });
    let reply = mint(deployment, &body).expect(400);
    assert_eq!(reply.json["details"]["ids"], json!([unknown]));
    let made = list(deployment, "includeExpired=true").into_iter().skip(before);
    assert!(!made.into_iter().any(|token| token["usageLimit"] == 77));
}

#[test]
fn who_signs_up_belongs_to_the_token_s_groups_as_far_as_they_still_exist() {
    let (_configured, deployment) = (by_default(), Deployment::shared());
    let (stays, goes) = (new_group(deployment), new_group(deployment));
    let body = json!({ "usageLimit": 2, "userGroupIds": [stays["id"], goes["id"]] });
    let token = mint(deployment, &body).expect(201).json;
    let groups = || {
        let body = Deployment::application(&token["token"]);
        let user = sign_up(&deployment.client(), &body).expect(201).json;
        let groups = user["userGroups"].as_array().expect("groups").clone();
        groups.into_iter().map(|group| text(&group["id"]).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(groups().len(), 2);
    let path = format!("/api/user-groups/{}", text(&goes["id"]));
    let _ = deployment.admin.client.delete(&path).expect(204);
    assert_eq!(groups(), [text(&stays["id"])]);
}

#[test]
fn the_list_is_in_the_order_asked_for_and_passes_over_what_it_does_not_know() {
    let deployment = Deployment::shared();
    let mark = format!("{}", 5000 + unique() % 4000);
    let tokens: Vec<Value> = [(2, 300), (3, 100), (1, 200)]
        .into_iter()
        .map(|(limit, ttl)| {
            let limit = mark.parse::<u32>().expect("a number") + limit;
            let body = json!({ "usageLimit": limit, "ttl": ttl, "largeUsageLimit": true });
            mint(deployment, &body).expect(201).json
        })
        .collect();
    let order = |query: &str| -> Vec<usize> {
        let place = |listed: &Value| tokens.iter().position(|token| token["id"] == listed["id"]);
        list(deployment, query).iter().filter_map(place).collect()
    };
    for expired in ["", "&includeExpired=true"] {
        for (query, expected) in [
            ("", [0, 1, 2]),
            ("sort[direction]=desc", [2, 1, 0]),
            ("sort[column]=usageLimit", [2, 0, 1]),
            ("sort[column]=expiresAt&sort[direction]=desc", [0, 2, 1]),
            ("sort[column]=usageCount", [0, 1, 2]),
            ("sort[column]=token&search=x&filters[state]=expired", [0, 1, 2]),
        ] {
            assert_eq!(order(&format!("{query}{expired}")), expected, "{query}{expired}");
        }
    }
    let page = "?pagination[limit]=1&pagination[page]=2";
    let page = deployment.admin.client.get(&format!("{PATH}{page}")).expect(200).json;
    assert_eq!(page["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(page["pagination"]["currentPage"], 2);
}

#[test]
fn an_expired_token_is_over_and_listed_only_when_asked_for() {
    let (_configured, deployment) = (by_default(), Deployment::shared());
    let body = json!({ "usageLimit": 1, "ttl": "1.5s" });
    let token = mint(deployment, &body).expect(201).json;
    std::thread::sleep(std::time::Duration::from_millis(1600));
    assert_eq!(listed(deployment, "", &token), None);
    let listed = listed(deployment, "includeExpired=true", &token).expect("it is there");
    assert_eq!((&listed["state"], &listed["token"]), (&json!("expired"), &token["token"]));
    let shown = format!("/api/signup/token/{}", text(&token["token"]));
    let reply = deployment.client().get(&shown).expect(401);
    assert_eq!(reply.code(), "token_invalid_or_expired");
    let body = Deployment::application(&token["token"]);
    let reply = sign_up(&deployment.client(), &body).expect(401);
    assert_eq!(reply.code(), "token_invalid_or_expired");
}

#[test]
fn a_revoked_token_is_gone_and_revoking_what_is_not_there_is_no_error_and_not_told() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let group = new_group(deployment);
    let body = json!({ "usageLimit": 4, "ttl": 600, "userGroupIds": [group["id"]] });
    let token = mint(deployment, &body).expect(201).json;
    let path = format!("{PATH}/{}", text(&token["id"]));
    for _ in 0..2 {
        let _ = admin.delete(&path).expect(204);
    }
    for id in ["00000000-0000-4000-8000-000000000000", "not-a-uuid"] {
        let _ = admin.delete(&format!("{PATH}/{id}")).expect(204);
        assert_eq!(admin.get(&format!("{PATH}/{id}/uses")).expect(404).code(), "not_found");
    }
    assert_eq!(listed(deployment, "includeExpired=true", &token), None);
    assert_eq!(admin.get(&format!("{path}/uses")).expect(404).code(), "not_found");
    for event in ["SIGNUP_TOKEN_CREATED", "SIGNUP_TOKEN_REVOKED"] {
        let told = entries(deployment, event, &token);
        assert_eq!(told.len(), 1, "{event}");
        assert_eq!(told[0]["actorUsername"], deployment.admin.user["username"]);
        let facts = &told[0]["data"];
        assert_eq!((&facts["usageLimit"], &facts["usageCount"]), (&json!("4"), &json!("0")));
        assert_eq!(facts["userGroupIds"], json!([group["id"]]).to_string());
        let moment = |text: &str| domain::Timestamp::from_rfc3339(text);
        assert_eq!(moment(text(&facts["expiresAt"])), moment(text(&token["expiresAt"])));
        assert!(!told[0].to_string().contains(text(&token["token"])));
    }
}

#[test]
fn who_signed_up_is_told_latest_first_by_pages_and_outlives_the_users() {
    let (_configured, deployment) = (by_default(), Deployment::shared());
    let admin = &deployment.admin.client;
    let token = deployment.new_signup_token(3);
    assert!(uses(deployment, &token).is_empty());
    let users: Vec<_> = (0..3)
        .map(|_| {
            let body = Deployment::application(&token["token"]);
            sign_up(&deployment.client(), &body).expect(201).json
        })
        .collect();
    let _ = admin.delete(&format!("/api/users/{}", text(&users[2]["id"]))).expect(204);
    let told: Vec<_> = uses(deployment, &token).iter().map(|used| used["userId"].clone()).collect();
    let latest_first: Vec<_> = users.iter().rev().map(|user| user["id"].clone()).collect();
    assert_eq!(told, latest_first);
    let path = format!("{PATH}/{}/uses?pagination[limit]=2&pagination[page]=9", text(&token["id"]));
    let page = admin.get(&path).expect(200).json;
    assert_eq!((&page["data"][0]["userId"], &page["data"][1]), (&users[0]["id"], &Value::Null));
    assert_eq!(page["pagination"]["currentPage"], 2);
    let listed = listed(deployment, "", &token).expect("it is there");
    assert_eq!((&listed["state"], &listed["usageCount"]), (&json!("usedUp"), &json!(3)));
}

#[test]
fn only_administrators_make_list_and_revoke_tokens_and_their_keys_may() {
    let deployment = Deployment::shared();
    let token = deployment.new_signup_token(1);
    let one = format!("{PATH}/{}", text(&token["id"]));
    let uses = format!("{one}/uses");
    let body = json!({ "usageLimit": 1 });
    for (client, status, code) in [
        (deployment.newcomer().client, 403, "forbidden"),
        (deployment.newcomer().api_key("Script").1, 403, "forbidden"),
        (deployment.client(), 401, "not_signed_in"),
    ] {
        for reply in
            [client.post(PATH, &body), client.get(PATH), client.get(&uses), client.delete(&one)]
        {
            assert_eq!(reply.expect(status).code(), code);
        }
    }
    assert!(listed(deployment, "", &token).is_some());
    let (key, client) = deployment.admin.api_key("Tokens");
    let made = client.post(PATH, &body).expect(201).json;
    let told = entries(deployment, "SIGNUP_TOKEN_CREATED", &made);
    assert_eq!(told[0]["data"]["apiKeyId"], key["id"]);
    let _ = client.delete(&one).expect(204);
}

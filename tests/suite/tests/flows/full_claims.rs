//! The most that a group may have, in more groups than fit a row of the database.

use postern_suite::{Client, Deployment, unique};
use serde_json::{Value, json};

use super::groups::{id, put};

/// So many groups with full claims, together more than 2 MB.
const GROUPS: usize = 6;

/// Claims as large as they may be; `salt` makes keys of one's own.
fn full_claims(salt: char) -> Value {
    let key = |i: usize| format!("{salt}{i:02}{}", "\u{1F600}".repeat(97));
    (0..100).map(|i| json!({ "key": key(i), "value": "\u{1F600}".repeat(1000) })).collect()
}

/// Groups with full claims that were others before, found by the name they begin with.
fn full_groups(admin: &Client) -> (String, Vec<String>) {
    let prefix = format!("full{}-", unique());
    let group = |number: usize| {
        let name = format!("{prefix}{number}");
        let body = json!({ "name": name, "friendlyName": name });
        let group = id(&admin.post("/api/user-groups", &body).expect(201).json).to_owned();
        for salt in ['b', 'a'] {
            let path = format!("/api/custom-claims/user-group/{group}");
            let _ = put(admin, &path, &full_claims(salt)).expect(200);
        }
        group
    };
    let groups = (0..GROUPS).map(group).collect();
    (prefix, groups)
}

#[test]
fn full_claims_are_listed_logged_and_let_their_members_in() {
    let deployment = Deployment::native("off");
    let admin = &deployment.admin.client;
    let (prefix, groups) = full_groups(admin);
    let page = admin.get(&format!("/api/user-groups?search={prefix}")).expect(200).json;
    assert_eq!(page["pagination"]["totalItems"], GROUPS);
    assert!(page["data"][GROUPS - 1]["customClaims"] == full_claims('a'), "all claims");
    let log = admin.get("/api/audit-logs/all?pagination[limit]=100").expect(200).json;
    let changed = |entry: &&Value| entry["event"] == "CUSTOM_CLAIMS_CHANGED";
    let entries = log["data"].as_array().expect("a list").iter();
    assert_eq!(entries.filter(changed).count(), 2 * GROUPS);

    let mut person = deployment.member();
    let path = format!("/api/users/{}", person.id());
    let _ = put(admin, &format!("/api/custom-claims/user/{}", person.id()), &full_claims('c'));
    let told = |count: usize| {
        let body = json!({ "userGroupIds": groups[..count] });
        let user = put(admin, &format!("{path}/user-groups"), &body).expect(200).json;
        assert!(user["customClaims"] == full_claims('c'), "all of one's own");
        let told = user["userGroups"].as_array().expect("a list").clone();
        assert_eq!(told.len(), count);
        told.into_iter().map(|group| group["customClaims"].clone()).collect::<Vec<_>>()
    };
    assert!(told(2) == [full_claims('a'), full_claims('a')], "as many as fit");
    assert!(
        told(GROUPS).iter().all(|claims| *claims == json!([])),
        "more than are told with a user"
    );
    let _ = admin.get(&path).expect(200);
    let _ = admin.get("/api/users").expect(200);
    let elsewhere = deployment.client();
    let _ = person.sign_in(&elsewhere).expect(200);
    let me = elsewhere.get("/api/users/me").expect(200).json;
    assert_eq!(me["userGroups"].as_array().map(Vec::len), Some(GROUPS));
}

#[test]
fn tokens_for_groups_with_full_claims_are_listed() {
    let deployment = Deployment::native("off");
    let admin = &deployment.admin.client;
    let (_, groups) = full_groups(admin);
    for count in [2, 2, 2, GROUPS] {
        let body = json!({ "ttl": 3600, "usageLimit": 1, "userGroupIds": groups[..count] });
        let _ = admin.post("/api/signup-tokens", &body).expect(201);
    }
    let page = admin.get("/api/signup-tokens").expect(200).json;
    assert_eq!(page["pagination"]["totalItems"], 4);
    let tokens = page["data"].as_array().expect("a list");
    let told = |count: usize| {
        let of_so_many =
            |token: &&Value| token["userGroups"].as_array().map(Vec::len) == Some(count);
        let found: Vec<_> = tokens.iter().filter(of_so_many).collect();
        (found.len(), found[0]["userGroups"][0]["customClaims"].clone())
    };
    assert!(told(2) == (3, full_claims('a')), "as many as fit");
    assert_eq!(told(GROUPS), (1, json!([])));
}

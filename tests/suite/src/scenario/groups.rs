use serde_json::{Value, json};

use crate::costs::CROWD_GROUP;
use crate::{Client, Deployment, Reply};

pub(super) fn every_route(deployment: &Deployment) {
    let admin = &deployment.admin.client;
    let body = json!({ "friendlyName": "Weighed", "name": "weighed" });
    let group = admin.post("/api/user-groups", &body).expect(201).text_of("id");
    let group = format!("/api/user-groups/{group}");
    let _ = put(admin, &group, &body).expect(200);
    let none = json!({ "oidcClientIds": [] });
    let _ = put(admin, &format!("{group}/allowed-oidc-clients"), &none).expect(200);
    lists(admin);
    membership(admin, &group);
    claims(admin, &group);
    let _ = admin.delete(&group).expect(204);
}

fn lists(admin: &Client) {
    for query in [
        "",
        "?search=weigh",
        "?search=we",
        // What it finds is read and ordered whole.
        "?search=team",
        "?search=te",
        "?search=team&sort[column]=name&pagination[page]=50",
        "?pagination[page]=50",
        "?sort[column]=userCount&sort[direction]=desc",
        "?sort[column]=name",
        "?sort[column]=friendlyName",
        "?sort[column]=friendlyName&pagination[cursor]=1.a",
    ] {
        let _ = admin.get(&format!("/api/user-groups{query}")).expect(200);
    }
}

fn membership(admin: &Client, group: &str) {
    let users: Vec<_> = (1500..1510).map(crowd_user).collect();
    let first = &users[0];
    let _ = put(admin, &format!("{group}/users"), &json!({ "userIds": users })).expect(200);
    let crowd = format!("/api/user-groups/{CROWD_GROUP}");
    let _ = admin.get(&crowd).expect(200);
    for query in [
        "",
        "?pagination[page]=2",
        "?pagination[cursor]=crowd2500",
        "?search=crowd",
        "?search=cr",
        "?search=nobody",
        "?search=crowd25&pagination[cursor]=i2500",
    ] {
        let _ = admin.get(&format!("{crowd}/users{query}")).expect(200);
    }
    let _ = admin.post(&format!("{crowd}/users"), &json!({ "userIds": [first] })).expect(200);
    let _ = admin.get(&format!("/api/users/{first}/groups")).expect(200);
    let _ = admin.delete(&format!("{crowd}/users/{first}")).expect(204);
    let groups = json!({ "userGroupIds": [CROWD_GROUP] });
    let _ = put(admin, &format!("/api/users/{first}/user-groups"), &groups).expect(200);
}

fn claims(admin: &Client, group: &str) {
    let user = crowd_user(1500);
    let group = group.trim_start_matches("/api/user-groups/");
    for owner in [format!("user/{user}"), format!("user-group/{group}")] {
        for letter in ["a", "b"] {
            let claims: Vec<_> =
                (0..10).map(|i| json!({ "key": format!("{letter}{i}"), "value": "x" })).collect();
            let path = format!("/api/custom-claims/{owner}");
            let _ = put(admin, &path, &Value::from(claims)).expect(200);
        }
    }
    let _ = admin.get("/api/custom-claims/suggestions").expect(200);
}

/// Somebody of the crowd who is in no group.
fn crowd_user(number: u32) -> String {
    format!("00000000-0000-4000-8000-{number:012}")
}

fn put(client: &Client, path: &str, body: &Value) -> Reply {
    client.send("PUT", path, Some(body.to_string().as_bytes()))
}

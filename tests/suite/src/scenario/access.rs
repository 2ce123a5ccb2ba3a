use serde_json::json;

use crate::{Client, Deployment, Person};

pub(super) fn every_route(deployment: &Deployment) {
    api_keys(&deployment.newcomer());
    own_sessions(deployment);
    of_a_user(deployment);
}

/// With as many keys as one can have.
fn api_keys(person: &Person) {
    let (key, _) = person.api_key("Key 0");
    for number in 1..100 {
        let _ = person.api_key(&format!("Key {number}"));
    }
    let one_more = json!({ "name": "Key 100", "expiresAt": "2099-12-31T00:00:00Z" });
    let _ = person.client.post("/api/api-keys", &one_more).expect(409);
    for query in ["", "?sort[column]=name&sort[direction]=desc&pagination[page]=9"] {
        let _ = person.client.get(&format!("/api/api-keys{query}")).expect(200);
    }
    let path = format!("/api/api-keys/{}", key["id"].as_str().expect("an id"));
    let _ = person.client.post(&format!("{path}/renew"), &one_more).expect(409);
    let _ = person.client.delete(&path).expect(204);
}

fn own_sessions(deployment: &Deployment) {
    let mut person = deployment.member();
    for _ in 0..3 {
        let _ = person.sign_in(&deployment.client()).expect(200);
    }
    let other = other_session(&person.client, "/api/users/me/sessions");
    let _ = person.client.delete(&format!("/api/users/me/sessions/{other}")).expect(204);
    let _ = person.client.delete("/api/users/me/sessions").expect(204);
}

fn of_a_user(deployment: &Deployment) {
    let admin = &deployment.admin.client;
    let mut person = deployment.member();
    let _ = person.sign_in(&deployment.client()).expect(200);
    let of_user = format!("/api/users/{}", person.id());
    let other = other_session(admin, &format!("{of_user}/sessions"));
    let _ = admin.delete(&format!("{of_user}/sessions/{other}")).expect(204);
    let _ = admin.delete(&format!("{of_user}/sessions")).expect(204);
    let passkeys = admin.get(&format!("{of_user}/webauthn-credentials")).expect(200).json;
    let passkey = passkeys[0]["id"].as_str().expect("an id");
    let _ = admin.delete(&format!("{of_user}/webauthn-credentials/{passkey}")).expect(204);
}

/// A session in a list that is not the one it was asked for with.
fn other_session(client: &Client, path: &str) -> String {
    let sessions = client.get(path).expect(200).json;
    let other = sessions["data"].as_array().expect("a list").iter().find(|s| s["current"] == false);
    other.and_then(|session| session["id"].as_str()).expect("another session").to_owned()
}

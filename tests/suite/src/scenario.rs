//! Calls every route of every function at its worst, to weigh what it costs.

use serde_json::json;

use crate::Deployment;

/// Runs through every route on a deployment that has been set up.
///
/// # Panics
/// When a route does not answer as expected.
pub fn every_route(deployment: &Deployment) {
    before_anybody_signs_in(deployment);
    administration(deployment);
    one_persons_passkeys(deployment);
}

fn before_anybody_signs_in(deployment: &Deployment) {
    let client = deployment.client();
    let _ = client.get("/healthz").expect(204);
    let _ = client.get("/api/application-configuration").expect(200);
    let _ = client.get("/api/signup/setup").expect(404);
    let _ = client.get("/api/webauthn/login/start").expect(200);
}

fn administration(deployment: &Deployment) {
    let admin = &deployment.admin.client;
    let user = deployment.new_user();
    let id = user["id"].as_str().expect("an id");
    for query in [
        "",
        "?search=user1",
        "?search=us",
        "?sort[column]=lastName&sort[direction]=desc",
        "?sort[column]=isAdmin&pagination[page]=2",
    ] {
        let _ = admin.get(&format!("/api/users{query}")).expect(200);
    }
    let _ = admin.get(&format!("/api/users/{id}")).expect(200);
    let _ = admin.get("/api/users/me").expect(200);
    let link = deployment.mint(&user, &json!({})).expect(201);
    let links = format!("/api/users/{id}/one-time-access-tokens");
    let _ = admin.get(&links).expect(200);
    let token = link.text_of("token");
    let _ = deployment.client().get(&format!("/api/one-time-access-token/{token}")).expect(200);
    let _ = admin.delete(&format!("{links}/{}", link.text_of("id"))).expect(204);
    let _ =
        deployment.client().post_empty(&format!("/api/one-time-access-token/{token}")).expect(401);
}

fn one_persons_passkeys(deployment: &Deployment) {
    let mut person = deployment.member();
    let passkey = person.client.get("/api/webauthn/credentials").expect(200).json[0].clone();
    let passkey = format!("/api/webauthn/credentials/{}", passkey["id"].as_str().expect("an id"));
    let _ = person.client.patch(&passkey, &json!({ "name": "Key" })).expect(200);
    let elsewhere = deployment.client();
    let _ = person.sign_in(&elsewhere).expect(200);
    let sessions = person.client.get("/api/users/me/sessions").expect(200).json;
    let other = sessions["data"].as_array().expect("a list").iter().find(|s| s["current"] == false);
    let other = other.and_then(|session| session["id"].as_str()).expect("another session");
    let _ = person.client.delete(&format!("/api/users/me/sessions/{other}")).expect(204);
    let _ = person.client.delete(&passkey).expect(204);
    let _ = person.client.post_empty("/api/webauthn/logout").expect(204);
}

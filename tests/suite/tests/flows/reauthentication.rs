use authenticator::Tamper;
use postern_suite::{Client, Deployment, Person, Reply};
use serde_json::json;

const REAUTHENTICATE: &str = "/api/webauthn/reauthenticate";

/// An act that needs step-up and changes nothing else.
fn act(client: &Client) -> Reply {
    client.post("/api/api-keys", &json!({ "name": "abc", "expiresAt": "2099-12-31T00:00:00Z" }))
}

fn refused(client: &Client) {
    assert_eq!(act(client).expect(401).code(), "reauthentication_required");
    assert_eq!(
        client.post_empty(REAUTHENTICATE).expect(401).code(),
        "reauthentication_required",
        "asking tells the same"
    );
}

fn first_passkey(person: &Person) -> String {
    let id = person.client.get("/api/webauthn/credentials").expect(200).json[0]["id"].clone();
    format!("/api/webauthn/credentials/{}", id.as_str().expect("an id"))
}

#[test]
fn a_session_from_a_link_of_somebody_who_has_a_passkey_must_assert_it() {
    let mut person = Deployment::shared().member();
    let client = person.client.clone();
    refused(&client);
    let passkey = first_passkey(&person);
    assert_eq!(client.delete(&passkey).expect(401).code(), "reauthentication_required");
    let reply = person.reauthenticate(&client).expect(204);
    assert!(reply.text.is_empty());
    assert!(client.cookie("session").is_none(), "the ceremony is over");
    let _ = client.post_empty(REAUTHENTICATE).expect(204);
    let _ = act(&client).expect(201);
    let _ = client.delete(&passkey).expect(204);
}

#[test]
fn a_fresh_sign_in_needs_no_second_assertion() {
    let deployment = Deployment::shared();
    let client = deployment.client();
    let _ = deployment.member().sign_in(&client).expect(200);
    let _ = client.post_empty(REAUTHENTICATE).expect(204);
    let _ = act(&client).expect(201);
}

#[test]
fn who_has_no_passkey_yet_may_in_a_young_session() {
    let person = Deployment::shared().newcomer();
    let _ = person.client.post_empty(REAUTHENTICATE).expect(204);
    let _ = act(&person.client).expect(201);
}

#[test]
fn re_authentication_keeps_the_session_and_notes_the_use() {
    let mut person = Deployment::shared().member();
    let client = person.client.clone();
    let token = client.cookie("access_token");
    let _ = person.reauthenticate(&client).expect(204);
    assert_eq!(client.cookie("access_token"), token);
    let sessions = client.get("/api/users/me/sessions").expect(200).json;
    assert_eq!(sessions["pagination"]["totalItems"], 1);
    assert_eq!(sessions["data"][0]["amr"], json!(["otp"]), "as it was begun");
    let passkeys = client.get("/api/webauthn/credentials").expect(200).json;
    assert!(passkeys[0]["lastUsedAt"].is_string());
}

#[test]
fn anothers_passkey_does_not_help() {
    let deployment = Deployment::shared();
    let (person, mut thief) = (deployment.member(), deployment.member());
    let reply = thief.reauthenticate(&person.client).expect(401);
    assert_eq!(reply.code(), "webauthn_authentication_failed");
    refused(&person.client);
    refused(&thief.client);
}

#[test]
fn a_replayed_assertion_does_not_help() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let first = person.client.clone();
    let response = person.assertion(&first);
    let ceremony = first.cookie("session").expect("a ceremony");
    let _ = first.post(REAUTHENTICATE, &response).expect(204);
    let token = deployment.new_link(&person.user);
    let second = deployment.client();
    let _ = second.post_empty(&format!("/api/one-time-access-token/{token}")).expect(200);
    second.set_cookie("session", &ceremony);
    let reply = second.post(REAUTHENTICATE, &response).expect(400);
    assert_eq!(reply.code(), "invalid_webauthn_session");
    let _ = second.get("/api/webauthn/login/start").expect(200);
    let reply = second.post(REAUTHENTICATE, &response).expect(401);
    assert_eq!(reply.code(), "webauthn_authentication_failed");
    refused(&second);
}

#[test]
fn of_many_assertions_with_one_challenge_at_once_one_counts() {
    let mut person = Deployment::shared().member();
    let response = person.assertion(&person.client.clone());
    let attempts: Vec<_> = (0..12)
        .map(|_| {
            let client = Client::new(person.client.origin(), "10.8.8.8");
            for cookie in ["access_token", "session"] {
                client.set_cookie(cookie, &person.client.cookie(cookie).expect("a cookie"));
            }
            (client, response.clone())
        })
        .map(|(client, response)| {
            std::thread::spawn(move || client.post(REAUTHENTICATE, &response).status)
        })
        .collect();
    let statuses: Vec<_> = attempts.into_iter().map(|a| a.join().expect("no panic")).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 11, "{statuses:?}");
}

#[test]
fn attacks_on_re_authentication_are_refused() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let other = deployment.member();
    let _ = person.sign_in(&deployment.client()).expect(200);
    let tampers = [
        Tamper { origin: Some("https://evil.example".into()), ..Tamper::default() },
        Tamper { rp_id: Some("evil.example".into()), ..Tamper::default() },
        Tamper { challenge: Some("AAAA".into()), ..Tamper::default() },
        Tamper { ceremony: Some("webauthn.create".into()), ..Tamper::default() },
        Tamper { user_handle: Some(other.id().into()), ..Tamper::default() },
        Tamper { sign_count: Some(1), ..Tamper::default() },
    ];
    let client = person.client.clone();
    for tamper in tampers {
        let options = client.get("/api/webauthn/login/start").expect(200).json;
        let response = person.authenticator.get_with(client.origin(), &options, &tamper);
        let reply = client.post(REAUTHENTICATE, &response.expect("a credential")).expect(401);
        assert_eq!(reply.code(), "webauthn_authentication_failed", "{tamper:?}");
        refused(&client);
    }
    let options = client.get("/api/webauthn/login/start").expect(200).json;
    let unverified = Tamper { flags: Some(0x01), ..Tamper::default() };
    let response = person.authenticator.get_with(client.origin(), &options, &unverified);
    let reply = client.post(REAUTHENTICATE, &response.expect("a credential")).expect(400);
    assert_eq!(reply.code(), "passkey_user_verification_required");
    refused(&client);
}

#[test]
fn a_deleted_passkey_does_not_help() {
    let mut person = Deployment::shared().member();
    let client = person.client.clone();
    let _ = person.reauthenticate(&client).expect(204);
    let _ = client.delete(&first_passkey(&person)).expect(204);
    let reply = person.reauthenticate(&client).expect(401);
    assert_eq!(reply.code(), "webauthn_authentication_failed");
}

#[test]
fn re_authentication_needs_a_session_and_a_ceremony() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let nobody = deployment.client();
    assert_eq!(person.reauthenticate(&nobody).expect(401).code(), "not_signed_in");
    assert_eq!(nobody.post_empty(REAUTHENTICATE).expect(401).code(), "not_signed_in");
    let response = person.assertion(&deployment.client());
    let reply = person.client.post(REAUTHENTICATE, &response).expect(400);
    assert_eq!(reply.code(), "missing_session_id");
    for body in ["{}", "null", "[", "{\"id\":7}"] {
        let reply = person.client.send("POST", REAUTHENTICATE, Some(body.as_bytes())).expect(400);
        assert_eq!(reply.code(), "invalid_request_body", "{body}");
    }
}

#[test]
fn an_api_key_deletes_a_passkey_without_step_up() {
    let mut person = Deployment::shared().newcomer();
    let (_, key) = person.api_key("Script");
    let _ = person.register().expect(200);
    let passkey = first_passkey(&person);
    let _ = person.client.delete(&passkey).expect(401);
    let _ = key.delete(&passkey).expect(204);
}

#[test]
fn an_administrator_does_not_get_round_step_up_by_the_other_route() {
    let deployment = Deployment::shared();
    let number = postern_suite::unique();
    let body = json!({
        "username": format!("boss{number}"), "email": format!("boss{number}@example.com"),
        "isAdmin": true,
    });
    let user = deployment.admin.client.post("/api/users", &body).expect(201).json;
    let token = deployment.new_link(&user);
    let mut boss = Person { user, client: deployment.client(), ..deployment.newcomer() };
    let _ = boss.client.post_empty(&format!("/api/one-time-access-token/{token}")).expect(200);
    let _ = boss.register().expect(200);
    let id = first_passkey(&boss).rsplit('/').next().expect("an id").to_owned();
    let path = format!("/api/users/{}/webauthn-credentials/{id}", boss.id());
    assert_eq!(boss.client.delete(&path).expect(401).code(), "reauthentication_required");
    let client = boss.client.clone();
    let _ = boss.reauthenticate(&client).expect(204);
    let _ = client.delete(&path).expect(204);
}

//! What a database port may do wrong, and that nothing is lost or half-written when it does.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

mod signup;
mod transfer;

use std::sync::Arc;

use authenticator::Authenticator;
use postern_suite::{
    Client, Deployment, Fault, FaultyDatabase, NativeServer, Person, Reply, SETUP_TOKEN, database,
};
use serde_json::{Value, json};

struct Faulty {
    database: Arc<FaultyDatabase>,
    deployment: Deployment,
}

fn faulty() -> Faulty {
    let database = Arc::new(FaultyDatabase::new(Arc::new(database())));
    let server = NativeServer::start(Arc::clone(&database) as _, "off");
    let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
    Faulty { database, deployment }
}

impl Faulty {
    fn state_of_only_link(&self, user: &Value) -> String {
        let id = user["id"].as_str().expect("an id");
        let path = format!("/api/users/{id}/one-time-access-tokens");
        let links = self.deployment.admin.client.get(&path).expect(200).json;
        links["data"][0]["state"].as_str().expect("a state").to_owned()
    }
}

fn something_went_wrong(reply: Reply) {
    let reply = reply.expect(500);
    assert_eq!(reply.code(), "internal_error");
    assert_eq!(reply.text_of("error"), "Something went wrong");
    assert!(!reply.text.contains("secret-looking"), "{}", reply.text);
    assert_eq!(reply.text_of("request_id"), reply.header("x-request-id"));
}

#[test]
fn a_busy_database_answers_503_with_a_wait() {
    let faulty = faulty();
    faulty.database.fail(Fault::Busy, 0);
    let reply = faulty.deployment.admin.client.get("/api/users").expect(503);
    assert_eq!((reply.code(), reply.header("retry-after")), ("database_busy", "1"));
}

#[test]
fn an_unreachable_database_shows_a_request_id_and_nothing_of_ours() {
    let faulty = faulty();
    let client = faulty.deployment.client();
    for path in [
        "/api/application-configuration",
        "/api/signup/setup",
        "/api/webauthn/login/start",
        "/api/one-time-access-token/AAAAAAAAAAAAAAAAAAAAAAAA",
    ] {
        faulty.database.fail(Fault::Unreachable, 0);
        something_went_wrong(client.get(path));
    }
    for path in
        ["/api/users", "/api/users/me", "/api/users/me/sessions", "/api/webauthn/credentials"]
    {
        faulty.database.fail(Fault::Unreachable, 0);
        something_went_wrong(faulty.deployment.admin.client.get(path));
    }
}

#[test]
fn a_redemption_killed_at_any_statement_leaves_the_link_active() {
    let faulty = faulty();
    let user = faulty.deployment.new_user();
    let token = faulty.deployment.new_link(&user);
    let path = format!("/api/one-time-access-token/{token}");
    // A first, failing redemption of another link tells how many statements there are.
    let _ = faulty
        .deployment
        .client()
        .post_empty("/api/one-time-access-token/AAAAAAAAAAAAAAAAAAAAAAAA");
    for statement in 0..faulty.database.largest_batch() {
        faulty.database.fail(Fault::KilledAt(statement), 0);
        let client = faulty.deployment.client();
        something_went_wrong(client.post_empty(&path));
        assert!(client.cookie("access_token").is_none());
        assert_eq!(faulty.state_of_only_link(&user), "active", "killed at {statement}");
    }
    let client = faulty.deployment.client();
    let _ = client.post_empty(&path).expect(200);
    let sessions = client.get("/api/users/me/sessions").expect(200).json;
    assert_eq!(sessions["pagination"]["totalItems"], 1, "no session of a killed attempt");
}

#[test]
fn a_redemption_whose_reply_was_lost_has_a_session_that_can_be_ended() {
    let faulty = faulty();
    let user = faulty.deployment.new_user();
    let token = faulty.deployment.new_link(&user);
    faulty.database.fail(Fault::ReplyLost, 0);
    let path = format!("/api/one-time-access-token/{token}");
    something_went_wrong(faulty.deployment.client().post_empty(&path));
    assert_eq!(faulty.state_of_only_link(&user), "redeemed");
    let again = faulty.deployment.new_link(&user);
    let client = faulty.deployment.client();
    let _ = client.post_empty(&format!("/api/one-time-access-token/{again}")).expect(200);
    let sessions = client.get("/api/users/me/sessions").expect(200).json;
    assert_eq!(sessions["pagination"]["totalItems"], 2);
}

#[test]
fn a_creation_killed_at_any_statement_leaves_nobody() {
    let faulty = faulty();
    let admin = &faulty.deployment.admin.client;
    let body = json!({ "username": "phoenix", "email": "phoenix@example.com" });
    for statement in 0..6 {
        faulty.database.fail(Fault::KilledAt(statement), 1);
        something_went_wrong(admin.post("/api/users", &body));
        let found = admin.get("/api/users?search=phoenix").expect(200).json;
        assert_eq!(found["pagination"]["totalItems"], 0, "killed at {statement}");
        let all = admin.get("/api/users").expect(200).json;
        assert_eq!(all["pagination"]["totalItems"], 1, "the counter went back, too");
    }
    let _ = admin.post("/api/users", &body).expect(201);
}

#[test]
fn a_set_up_killed_at_any_statement_can_be_done_again() {
    let database = Arc::new(FaultyDatabase::new(Arc::new(database())));
    let server = NativeServer::start(Arc::clone(&database) as _, "off");
    let client = Client::new(&server.base_url, "10.0.0.1");
    let body = json!({
        "username": "ada", "email": "ada@example.com", "setupToken": SETUP_TOKEN,
    });
    for statement in 0..18 {
        database.fail(Fault::KilledAt(statement), 1);
        something_went_wrong(client.post("/api/signup/setup", &body));
        let _ = client.get("/api/signup/setup").expect(204);
    }
    let _ = client.post("/api/signup/setup", &body).expect(200);
}

#[test]
fn a_registration_killed_at_any_statement_keeps_no_passkey_and_can_be_done_again() {
    let faulty = faulty();
    let mut person = faulty.deployment.newcomer();
    for statement in 0..3 {
        // Skips: register/start, and the first trip of register/finish.
        faulty.database.fail(Fault::KilledAt(statement), 2);
        something_went_wrong(person.register());
        let kept = person.client.get("/api/webauthn/credentials").expect(200).json;
        assert_eq!(kept, json!([]), "killed at {statement}");
        person = Person { authenticator: Authenticator::new([0x42; 32]), ..person };
    }
    let _ = person.register().expect(200);
}

#[test]
fn a_sign_in_killed_at_any_statement_makes_no_session_and_does_not_lock_the_passkey() {
    let faulty = faulty();
    let mut person = faulty.deployment.member();
    for statement in 0..8 {
        let client = faulty.deployment.client();
        faulty.database.fail(Fault::KilledAt(statement), 2);
        something_went_wrong(person.sign_in(&client));
        assert!(client.cookie("access_token").is_none());
    }
    let _ = person.sign_in(&faulty.deployment.client()).expect(200);
    let sessions = person.client.get("/api/users/me/sessions").expect(200).json;
    assert_eq!(sessions["pagination"]["totalItems"], 2);
}

#[test]
fn an_api_key_killed_at_any_statement_of_its_making_is_not_there() {
    let faulty = faulty();
    let person = faulty.deployment.newcomer();
    let body = json!({ "name": "Script", "expiresAt": "2099-12-31T00:00:00Z" });
    for statement in 0..3 {
        faulty.database.fail(Fault::KilledAt(statement), 1);
        something_went_wrong(person.client.post("/api/api-keys", &body));
        let keys = person.client.get("/api/api-keys").expect(200).json;
        assert_eq!(keys["data"], json!([]), "killed at {statement}");
    }
    let _ = person.client.post("/api/api-keys", &body).expect(201);
}

#[test]
fn a_re_authentication_killed_at_any_statement_counts_for_nothing_and_locks_nobody_out() {
    let faulty = faulty();
    let mut person = faulty.deployment.member();
    let client = person.client.clone();
    for statement in 0..3 {
        // Skips: login/start, and the first trip of reauthenticate.
        faulty.database.fail(Fault::KilledAt(statement), 2);
        something_went_wrong(person.reauthenticate(&client));
        let _ = client.post_empty("/api/webauthn/reauthenticate").expect(401);
    }
    let _ = person.reauthenticate(&client).expect(204);
    let _ = client.post_empty("/api/webauthn/reauthenticate").expect(204);
}

#[test]
fn sessions_are_all_ended_or_none() {
    let faulty = faulty();
    let admin = &faulty.deployment.admin.client;
    let mut person = faulty.deployment.member();
    let elsewhere = faulty.deployment.client();
    let _ = person.sign_in(&elsewhere).expect(200);
    let sessions = format!("/api/users/{}/sessions", person.id());
    for statement in 0..3 {
        faulty.database.fail(Fault::KilledAt(statement), 1);
        something_went_wrong(admin.delete(&sessions));
        assert_eq!(admin.get(&sessions).expect(200).json["pagination"]["totalItems"], 2);
    }
    faulty.database.fail(Fault::ReplyLost, 1);
    something_went_wrong(admin.delete(&sessions));
    assert_eq!(elsewhere.get("/api/users/me").expect(401).code(), "not_signed_in");
}

#[test]
fn a_change_of_settings_killed_at_any_statement_changes_nothing() {
    let faulty = faulty();
    let admin = &faulty.deployment.admin.client;
    let path = "/api/application-configuration";
    let all = || admin.get("/api/application-configuration/all").expect(200);
    let _ = admin.put(path, &json!({ "homePageUrl": "/before" })).expect(200);
    let before = all();
    let form = json!({ "homePageUrl": "", "appName": "After", "smtpPassword": "secret-looking" });
    for statement in 0..6 {
        faulty.database.fail(Fault::KilledAt(statement), 1);
        something_went_wrong(admin.put(path, &form));
        let after = all();
        assert_eq!(after.json, before.json, "killed at {statement}");
        assert_eq!(after.header("etag"), before.header("etag"), "killed at {statement}");
    }
    let _ = admin.put(path, &form).expect(200);
    faulty.database.fail(Fault::Unreachable, 0);
    let public = faulty.deployment.client().get(path).expect(200);
    assert_eq!(public.json[0]["value"], "After", "the snapshot needs no database");
}

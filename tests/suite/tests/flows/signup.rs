//! Signing up: with a token, without one, and what is refused.

use std::sync::MutexGuard;

use authenticator::Authenticator;
use postern_suite::{Client, Deployment, Person, Reply, unique};
use serde_json::{Value, json};

use crate::administration::configuration::alone;

/// The configuration with some settings changed, until it is dropped. Whoever signs up takes it, since
/// there is one configuration for all tests.
pub(crate) struct Configured(Value, #[expect(dead_code, reason = "held")] MutexGuard<'static, ()>);

const CONFIGURATION: &str = "/api/application-configuration";

pub(crate) fn configured(form: Value) -> Configured {
    let alone = alone();
    let _ = Deployment::shared().admin.client.put(CONFIGURATION, &form).expect(200);
    Configured(form, alone)
}

impl Drop for Configured {
    fn drop(&mut self) {
        let keys = self.0.as_object().into_iter().flat_map(serde_json::Map::keys);
        let form: serde_json::Map<_, _> = keys.map(|key| (key.clone(), json!(""))).collect();
        let _ = Deployment::shared().admin.client.put(CONFIGURATION, &form.into());
    }
}

pub(crate) fn by_default() -> Configured {
    configured(json!({}))
}

pub(crate) fn sign_up(client: &Client, body: &Value) -> Reply {
    client.post("/api/signup", body)
}

/// How often a token was used, as its list says.
pub(crate) fn uses(deployment: &Deployment, token: &Value) -> Vec<Value> {
    let path = format!("/api/signup-tokens/{}/uses?pagination[limit]=100", text(&token["id"]));
    let uses = deployment.admin.client.get(&path).expect(200).json;
    let listed = uses["data"].as_array().expect("a list").clone();
    assert_eq!(uses["pagination"]["totalItems"], listed.len());
    listed
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

/// The one answer for every token that lets nobody in.
fn refused(reply: Reply) {
    let reply = reply.expect(401);
    assert_eq!(reply.code(), "token_invalid_or_expired");
    assert_eq!(reply.text_of("error"), "Token is invalid or expired");
    assert!(reply.headers.get("set-cookie").is_none());
}

fn wrong_fields(reply: &Reply) -> Vec<&str> {
    assert_eq!(reply.code(), "validation_failed");
    let fields = reply.json["details"]["fields"].as_array().expect("fields");
    fields.iter().map(|field| text(&field["field"])).collect()
}

fn entries_about(deployment: &Deployment, user: &Value) -> Value {
    let path = format!("/api/audit-logs/all?filters[userID]={}", text(&user["id"]));
    deployment.admin.client.get(&path).expect(200).json["data"].clone()
}

#[test]
fn a_token_makes_an_account_with_a_session_that_a_passkey_can_be_added_in() {
    let (_configured, deployment) = (by_default(), Deployment::shared());
    let token = deployment.new_signup_token(2);
    let client = deployment.client();
    let body = Deployment::application(&token["token"]);
    let user = sign_up(&client, &body).expect(201).json;
    for member in ["username", "email", "firstName", "lastName"] {
        assert_eq!(user[member], body[member]);
    }
    let name = format!("Nia {}", text(&body["lastName"]));
    assert_eq!(user["displayName"], name);
    for member in ["isAdmin", "disabled", "awaitingApproval", "emailVerified"] {
        assert_eq!(user[member], false, "{member}");
    }
    assert_eq!((&user["customClaims"], &user["userGroups"]), (&json!([]), &json!([])));
    assert!(user["lastSignInAt"].is_string());
    assert_eq!(client.get("/api/users/me").expect(200).json, user);
    let sessions = client.get("/api/users/me/sessions").expect(200).json;
    assert_eq!(sessions["data"][0]["amr"], json!([]));
    let told = uses(deployment, &token);
    assert_eq!((told.len(), &told[0]["userId"]), (1, &user["id"]));
    assert_eq!(told[0]["username"], user["username"]);
    assert_eq!(told[0]["usedAt"], user["createdAt"]);
    let mut person = Person { client, authenticator: Authenticator::new([0x51; 32]), user };
    let _ = person.register().expect(200);
    let elsewhere = deployment.client();
    assert_eq!(person.sign_in(&elsewhere).expect(200).json["passkeyCount"], 1);
}

#[test]
fn an_account_by_sign_up_is_told_with_its_token_s_identifier_and_never_with_the_token() {
    let (_configured, deployment) =
        (configured(json!({ "allowUserSignups": "open" })), Deployment::shared());
    let token = deployment.new_signup_token(1);
    let by_token = sign_up(&deployment.client(), &Deployment::application(&token["token"]));
    let by_token = by_token.expect(201).json;
    let entries = entries_about(deployment, &by_token);
    assert_eq!(entries.as_array().map(Vec::len), Some(1));
    assert_eq!(entries[0]["event"], "ACCOUNT_CREATED");
    assert_eq!(entries[0]["actorUsername"], by_token["username"]);
    let told = |entry: &Value| {
        let mut data = entry["data"].clone();
        let after = data.as_object_mut().and_then(|data| data.remove("after"));
        (data, after.expect("what was made").to_string())
    };
    let (data, after) = told(&entries[0]);
    assert_eq!(data, json!({ "method": "signupToken", "signupTokenId": token["id"] }));
    let (username, token) = (text(&by_token["username"]), text(&token["token"]));
    assert!(after.contains(username) && !after.contains(token), "{after}");
    let by_nobody = sign_up(&deployment.client(), &Deployment::application(&Value::Null));
    let entries = entries_about(deployment, &by_nobody.expect(201).json);
    assert_eq!(told(&entries[0]).0, json!({ "method": "openSignup" }));
}

#[test]
fn showing_a_token_uses_nothing_up() {
    let (_configured, deployment) = (by_default(), Deployment::shared());
    let token = deployment.new_signup_token(1);
    let path = format!("/api/signup/token/{}", text(&token["token"]));
    for _ in 0..5 {
        let shown = deployment.client().get(&path).expect(200);
        assert_eq!(shown.json, json!({ "expiresAt": token["expiresAt"] }));
        assert!(shown.headers.get("set-cookie").is_none());
        assert_eq!(deployment.client().send("HEAD", &path, None).status, 200);
    }
    let body = Deployment::application(&token["token"]);
    let _ = sign_up(&deployment.client(), &body).expect(201);
    refused(deployment.client().get(&path));
}

#[test]
fn used_up_revoked_unknown_foreign_and_malformed_tokens_get_the_one_answer_whatever_the_names() {
    let (_configured, deployment) =
        (configured(json!({ "allowUserSignups": "open" })), Deployment::shared());
    let used_up = deployment.new_signup_token(1)["token"].clone();
    let _ = sign_up(&deployment.client(), &Deployment::application(&used_up)).expect(201);
    let revoked = deployment.new_signup_token(1);
    let path = format!("/api/signup-tokens/{}", text(&revoked["id"]));
    let _ = deployment.admin.client.delete(&path).expect(204);
    let link = json!(deployment.new_link(&deployment.new_user()));
    let long = json!("a".repeat(5000));
    let taken = deployment.new_user();
    for token in [
        used_up,
        revoked["token"].clone(),
        link,
        json!("AAAAAAAAAAAAAAAAAAAAAAAA"),
        json!("é"),
        long,
    ] {
        let mut body = Deployment::application(&token);
        refused(sign_up(&deployment.client(), &body));
        body["username"] = taken["username"].clone();
        refused(sign_up(&deployment.client(), &body));
        body["username"] = json!("- no name -");
        refused(sign_up(&deployment.client(), &body));
        refused(sign_up(&deployment.client(), &json!({ "token": token })));
        if token.as_str().is_some_and(str::is_ascii) {
            refused(deployment.client().get(&format!("/api/signup/token/{}", text(&token))));
        }
    }
}

#[test]
fn without_a_token_sign_up_is_for_when_it_is_open() {
    let deployment = Deployment::shared();
    let attempt = |token: Value| {
        let reply = sign_up(&deployment.client(), &Deployment::application(&token));
        (reply.status, reply.code().to_owned())
    };
    let closed = (403, "open_signup_disabled".to_owned());
    for mode in ["disabled", "withToken"] {
        let _configured = configured(json!({ "allowUserSignups": mode }));
        for none in [Value::Null, json!("")] {
            assert_eq!(attempt(none), closed, "{mode}");
        }
        let nameless = sign_up(&deployment.client(), &json!({ "username": "-" })).expect(403);
        assert_eq!(nameless.code(), "open_signup_disabled");
        let token = deployment.new_signup_token(1);
        assert_eq!(attempt(token["token"].clone()).0, 201, "a token works in every mode");
    }
    let _configured = configured(json!({ "allowUserSignups": "open" }));
    for none in [Value::Null, json!("")] {
        assert_eq!(attempt(none).0, 201);
    }
    let token = deployment.new_signup_token(2);
    assert_eq!(attempt(token["token"].clone()).0, 201);
    assert_eq!(uses(deployment, &token).len(), 1, "a token given is counted where none is needed");
}

#[test]
fn what_is_taken_or_no_name_costs_no_use() {
    let (_configured, deployment) = (by_default(), Deployment::shared());
    let token = deployment.new_signup_token(1);
    let owner = deployment.new_user();
    let upper = |member: &str| json!(text(&owner[member]).to_uppercase());
    let mut body = Deployment::application(&token["token"]);
    let free = body["email"].clone();
    (body["username"], body["email"]) = (upper("username"), upper("email"));
    let reply = sign_up(&deployment.client(), &body).expect(409);
    assert_eq!(reply.text_of("error"), "Email is already in use");
    body["email"] = free;
    let reply = sign_up(&deployment.client(), &body).expect(409);
    assert_eq!(reply.json["details"]["property"], "username");
    body["username"] = json!("-x-");
    (body["email"], body["firstName"]) = (json!("nobody"), json!("x".repeat(51)));
    let reply = sign_up(&deployment.client(), &body).expect(400);
    assert_eq!(wrong_fields(&reply), ["username", "email", "firstName"]);
    let empty = sign_up(&deployment.client(), &json!({ "token": token["token"] })).expect(400);
    assert_eq!(wrong_fields(&empty), ["username", "email"]);
    let _ = sign_up(&deployment.client(), &json!({ "token": 7 })).expect(400);
    assert!(uses(deployment, &token).is_empty());
    let _ = sign_up(&deployment.client(), &Deployment::application(&token["token"])).expect(201);
}

#[test]
fn two_tabs_and_the_back_button_make_one_account() {
    let (_configured, deployment) = (by_default(), Deployment::shared());
    let token = deployment.new_signup_token(5);
    let (client, body) = (deployment.client(), Deployment::application(&token["token"]));
    let user = sign_up(&client, &body).expect(201).json;
    assert_eq!(sign_up(&client, &body).expect(409).code(), "already_in_use");
    assert_eq!(uses(deployment, &token).len(), 1);
    assert_eq!(client.get("/api/users/me").expect(200).json["id"], user["id"], "still signed in");
}

#[test]
fn names_reach_to_their_limits_in_every_script() {
    let (_configured, deployment) = (by_default(), Deployment::shared());
    let token = deployment.new_signup_token(3);
    let attempt = |username: String, first: &str, last: &str| {
        let mut body = Deployment::application(&token["token"]);
        (body["username"], body["firstName"], body["lastName"]) =
            (json!(username), json!(first), json!(last));
        sign_up(&deployment.client(), &body)
    };
    let number = unique();
    let fifty = format!("{number:a>50}");
    let user = attempt(fifty.clone(), &"ö".repeat(50), "שלום 👋🏽").expect(201).json;
    assert_eq!((&user["username"], &user["lastName"]), (&json!(fifty), &json!("שלום 👋🏽")));
    let user = attempt(format!("plain{number}"), "", "").expect(201).json;
    assert_eq!(user["displayName"], "");
    let reply = attempt(format!("a{fifty}"), &"ö".repeat(51), "a\u{0}b").expect(400);
    assert_eq!(wrong_fields(&reply), ["username", "firstName", "lastName"]);
    assert_eq!(uses(deployment, &token).len(), 2);
}

#[test]
fn only_addresses_at_allowed_domains_may_sign_up_where_some_are_named() {
    let domains = r#"["Example.com", "school.example"]"#;
    let _configured = configured(json!({
        "signupAllowedEmailDomains": domains, "requireUserEmail": "false",
    }));
    let deployment = Deployment::shared();
    let token = deployment.new_signup_token(5);
    let attempt = |email: Value| {
        let mut body = Deployment::application(&token["token"]);
        body["email"] = email;
        sign_up(&deployment.client(), &body)
    };
    for email in ["a@sub.example.com", "a@example.com.evil.example", "a@notexample.com"] {
        let reply = attempt(json!(email)).expect(400);
        assert_eq!(wrong_fields(&reply), ["email"]);
        let told = "Email must be an address at example.com or school.example";
        assert_eq!(reply.text_of("error"), told);
    }
    assert_eq!(wrong_fields(&attempt(Value::Null).expect(400)), ["email"]);
    let both = json!({ "username": "-", "email": "a@b.example", "token": token["token"] });
    let reply = sign_up(&deployment.client(), &both).expect(400);
    assert_eq!(wrong_fields(&reply), ["username", "email"]);
    let number = unique();
    let _ = attempt(json!(format!("Nia{number}@EXAMPLE.com"))).expect(201);
    let _ = attempt(json!(format!("nia{number}@school.example"))).expect(201);
    assert_eq!(uses(deployment, &token).len(), 2);
    let elsewhere = json!({
        "username": format!("made{number}"), "email": format!("made{number}@other.example"),
    });
    let _ = deployment.admin.client.post("/api/users", &elsewhere).expect(201);
}

#[test]
fn who_must_be_approved_waits_without_a_session_until_an_administrator_enables_them() {
    let (_configured, deployment) =
        (configured(json!({ "signupRequiresApproval": "true" })), Deployment::shared());
    let token = deployment.new_signup_token(2);
    let waiting = [0; 2].map(|_| {
        let client = deployment.client();
        let body = Deployment::application(&token["token"]);
        let reply = sign_up(&client, &body).expect(201);
        assert!(reply.headers.get("set-cookie").is_none());
        let _ = client.get("/api/users/me").expect(401);
        reply.json
    });
    assert_eq!(uses(deployment, &token).len(), 2);
    let admin = &deployment.admin.client;
    let shown = |user: &Value, filter: &str| {
        let last_name = text(&user["lastName"]);
        let path = format!("/api/users?search={last_name}&filters[awaitingApproval]={filter}");
        admin.get(&path).expect(200).json["data"].as_array().map(Vec::len)
    };
    for user in &waiting {
        assert_eq!((&user["disabled"], &user["awaitingApproval"]), (&json!(true), &json!(true)));
        assert!(user["lastSignInAt"].is_null());
        assert_eq!((shown(user, "true"), shown(user, "false")), (Some(1), Some(0)));
    }
    let link = format!("/api/one-time-access-token/{}", deployment.new_link(&waiting[0]));
    assert_eq!(deployment.client().post_empty(&link).expect(403).code(), "user_disabled");
    let total = |query: &str| {
        admin.get(&format!("/api/users?{query}")).expect(200).json["pagination"]["totalItems"]
            .clone()
    };
    assert!(total("filters[awaitingApproval]=true").as_u64() >= Some(2));
    let one = format!("/api/users/{}", text(&waiting[0]["id"]));
    let mut form = waiting[0].clone();
    assert_eq!(admin.put(&one, &form).expect(200).json["awaitingApproval"], true, "still waiting");
    form["disabled"] = json!(false);
    let approved = admin.put(&one, &form).expect(200).json;
    assert_eq!(
        (&approved["disabled"], &approved["awaitingApproval"]),
        (&json!(false), &json!(false))
    );
    let bulk = json!({ "ids": [waiting[1]["id"]], "action": "enable" });
    let _ = admin.post("/api/users/bulk", &bulk).expect(200);
    for user in &waiting {
        assert_eq!((shown(user, "true"), shown(user, "false")), (Some(0), Some(1)));
    }
    let _ = deployment.client().post_empty(&link).expect(200);
    form["disabled"] = json!(true);
    let disabled = admin.put(&one, &form).expect(200).json;
    assert_eq!(disabled["awaitingApproval"], false, "to be disabled is not to wait");
}

#[test]
fn addresses_count_as_verified_where_the_configuration_says_so() {
    let (_configured, deployment) =
        (configured(json!({ "emailsVerified": "true" })), Deployment::shared());
    let body = Deployment::application(&deployment.new_signup_token(1)["token"]);
    assert_eq!(sign_up(&deployment.client(), &body).expect(201).json["emailVerified"], true);
}

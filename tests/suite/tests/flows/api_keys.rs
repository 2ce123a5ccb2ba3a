use platform::Clock as _;
use platform::native::SystemClock;
use postern_suite::{Client, Deployment, Person, unique};
use serde_json::{Value, json};

const FAR: &str = "2099-12-31T00:00:00Z";

fn made(person: &Person, body: &Value) -> Value {
    person.client.post("/api/api-keys", body).expect(201).json
}

fn names(client: &Client, query: &str) -> Vec<String> {
    let listed = client.get(&format!("/api/api-keys{query}")).expect(200).json;
    let keys = listed["data"].as_array().expect("a list");
    keys.iter().map(|key| key["name"].as_str().expect("a name").to_owned()).collect()
}

/// An administrator other than the deployment's, without a passkey, just signed in.
fn new_admin(deployment: &Deployment) -> Person {
    let number = unique();
    let body = json!({
        "username": format!("chief{number}"), "email": format!("chief{number}@example.com"),
        "isAdmin": true,
    });
    let user = deployment.admin.client.post("/api/users", &body).expect(201).json;
    let person = Person { user, client: deployment.client(), ..deployment.newcomer() };
    let token = deployment.new_link(&person.user);
    let _ = person.client.post_empty(&format!("/api/one-time-access-token/{token}")).expect(200);
    person
}

#[test]
fn an_api_key_is_made_field_by_field_and_its_token_shown_once() {
    let person = Deployment::shared().newcomer();
    let body = json!({ "name": "Terraform ü", "description": "für\nCI", "expiresAt": FAR });
    let made = made(&person, &body);
    let (key, token) = (&made["apiKey"], made["token"].as_str().expect("a token"));
    assert_eq!(token.len(), 32);
    assert_eq!(key["name"], "Terraform ü");
    assert_eq!(key["description"], "für\nCI");
    assert_eq!(key["expiresAt"], FAR);
    assert_eq!(key["expirationEmailSent"], false);
    assert!(key["lastUsedAt"].is_null() && key["createdAt"].is_string());
    assert_eq!(key.as_object().map(serde_json::Map::len), Some(7));
    let listed = person.client.get("/api/api-keys").expect(200);
    assert!(!listed.text.contains(token));
    assert_eq!(&listed.json["data"][0], key);
    assert_eq!(listed.json["pagination"]["totalItems"], 1);
}

#[test]
fn an_api_key_acts_with_its_owners_rights() {
    let deployment = Deployment::shared();
    let (admin, person) = (new_admin(deployment), deployment.newcomer());
    let (_, by_admin) = admin.api_key("Admin's");
    let (key, by_person) = person.api_key("Person's");
    assert_eq!(by_person.get("/api/users/me").expect(200).json["id"], person.user["id"]);
    assert_eq!(by_person.get("/api/users").expect(403).code(), "forbidden");
    let _ = by_admin.get("/api/users").expect(200);
    let path = format!("/api/users/{}/one-time-access-token", person.id());
    let _ = by_admin.post(&path, &json!({})).expect(201);
    let listed = by_person.get("/api/api-keys").expect(200).json;
    assert_eq!(listed["data"][0]["id"], key["id"]);
    assert!(listed["data"][0]["lastUsedAt"].is_string());
}

#[test]
fn keys_that_are_none_are_nobody() {
    let deployment = Deployment::shared();
    for key in ["", "x", &"A".repeat(32), &"A".repeat(31), &"A".repeat(5000)] {
        let client = deployment.client().with_header("x-api-key", key);
        assert_eq!(client.get("/api/users/me").expect(401).code(), "not_signed_in");
    }
}

#[test]
fn a_session_goes_before_a_key_and_a_broken_one_gives_way_to_it() {
    let deployment = Deployment::shared();
    let (person, other) = (deployment.newcomer(), deployment.newcomer());
    let (_, key) = person.api_key("Script");
    key.set_cookie("access_token", &other.client.cookie("access_token").expect("a session"));
    assert_eq!(key.get("/api/users/me").expect(200).json["id"], other.user["id"]);
    key.set_cookie("access_token", "broken");
    assert_eq!(key.get("/api/users/me").expect(200).json["id"], person.user["id"]);
}

#[test]
fn what_needs_a_browser_refuses_keys() {
    let deployment = Deployment::shared();
    let person = deployment.member();
    let newcomer = deployment.newcomer();
    let (key, client) = newcomer.api_key("Script");
    let body = json!({ "name": "Another", "expiresAt": FAR });
    let renew = format!("/api/api-keys/{}/renew", key["id"].as_str().expect("an id"));
    let assertion = json!({
        "id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
        "response": { "clientDataJSON": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA" },
    });
    client.set_cookie("session", &"A".repeat(43));
    for reply in [
        client.get("/api/webauthn/register/start"),
        client.post("/api/api-keys", &body),
        client.post(&renew, &body),
        client.post("/api/webauthn/reauthenticate", &assertion),
        client.post_empty("/api/webauthn/reauthenticate"),
    ] {
        assert_eq!(reply.expect(403).code(), "api_key_auth_not_allowed");
    }
    let options = person.client.get("/api/webauthn/register/start").expect(200).json;
    let response = deployment.member().authenticator.create(client.origin(), &options);
    let reply = client.post("/api/webauthn/register/finish", &response).expect(403);
    assert_eq!(reply.code(), "api_key_auth_not_allowed");
}

#[test]
fn names_descriptions_and_expirations_are_checked_by_name() {
    let person = Deployment::shared().newcomer();
    let refused = |body: Value| {
        let reply = person.client.post("/api/api-keys", &body).expect(400);
        let fields = reply.json["details"]["fields"].as_array().expect("fields").clone();
        let fields = fields.iter().map(|f| f["field"].as_str().unwrap_or("").to_owned());
        (reply.code().to_owned(), fields.collect::<Vec<_>>())
    };
    let validation = |fields: &[&str]| {
        let fields = fields.iter().map(|field| (*field).to_owned()).collect::<Vec<_>>();
        ("validation_failed".to_owned(), fields)
    };
    for name in ["", "   ", "ab", "öö", &"ö".repeat(51), "nul\u{0}"] {
        assert_eq!(refused(json!({ "name": name, "expiresAt": FAR })), validation(&["name"]));
    }
    let long = json!({ "name": "abc", "description": "ü".repeat(256), "expiresAt": FAR });
    assert_eq!(refused(long), validation(&["description"]));
    let all = json!({ "description": "\u{0}", "expiresAt": "yesterday" });
    assert_eq!(refused(all), validation(&["name", "description", "expiresAt"]));
    assert_eq!(refused(json!({ "name": "abc" })), validation(&["expiresAt"]));
    for past in ["2020-01-01T00:00:00Z", "tomorrow", "2099-01-01", "9999-12-31T23:59:59-23:00"] {
        let (code, fields) = refused(json!({ "name": "abc", "expiresAt": past }));
        assert_eq!(
            (code.as_str(), fields),
            ("invalid_api_key_expiration", vec!["expiresAt".into()])
        );
    }
    for body in [json!({ "name": 7, "expiresAt": FAR }), json!({ "name": "abc", "expiresAt": 9 })] {
        let reply = person.client.post("/api/api-keys", &body).expect(400);
        assert_eq!(reply.code(), "invalid_request_body");
    }
    assert!(names(&person.client, "").is_empty(), "nothing was half-written");
}

#[test]
fn the_limits_themselves_are_allowed_and_names_need_not_differ() {
    let person = Deployment::shared().newcomer();
    let long = json!({ "name": "ö".repeat(50), "description": "ü".repeat(255), "expiresAt": FAR });
    let _ = made(&person, &long);
    let short = json!({ "name": "a\u{308}bc", "description": null, "expiresAt": FAR });
    let short_again = made(&person, &short);
    assert_eq!(short_again["apiKey"]["name"], "äbc", "composed");
    assert!(short_again["apiKey"]["description"].is_null());
    let _ = made(&person, &short);
    assert_eq!(names(&person.client, "").len(), 3);
}

#[test]
fn keys_are_listed_in_any_order_and_by_pages() {
    let person = Deployment::shared().newcomer();
    for (name, expires_at) in
        [("bbb", "2091-01-01T00:00:00Z"), ("AAA", FAR), ("ccc", "2090-01-01T00:00:00Z")]
    {
        let _ = made(&person, &json!({ "name": name, "expiresAt": expires_at }));
    }
    let client = &person.client;
    assert_eq!(names(client, ""), ["bbb", "AAA", "ccc"]);
    assert_eq!(names(client, "?sort[column]=name"), ["AAA", "bbb", "ccc"]);
    assert_eq!(names(client, "?sort[column]=expiresAt"), ["ccc", "bbb", "AAA"]);
    let newest = "?sort[column]=createdAt&sort[direction]=desc";
    assert_eq!(names(client, newest), ["ccc", "AAA", "bbb"]);
    assert_eq!(names(client, "?sort[column]=secretHash"), ["bbb", "AAA", "ccc"]);
    assert_eq!(names(client, "?sort[column]=lastUsedAt").len(), 3);
    let paged = client.get("/api/api-keys?pagination[limit]=2&pagination[page]=7").expect(200).json;
    assert_eq!(paged["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(paged["pagination"]["currentPage"], 2);
    assert_eq!(paged["pagination"]["totalPages"], 2);
}

#[test]
fn a_deleted_key_is_over_at_once_and_only_its_owner_deletes_it() {
    let deployment = Deployment::shared();
    let (person, other) = (deployment.newcomer(), deployment.newcomer());
    let (key, client) = person.api_key("Short-lived");
    let path = format!("/api/api-keys/{}", key["id"].as_str().expect("an id"));
    assert_eq!(other.client.delete(&path).expect(404).code(), "api_key_not_found");
    assert_eq!(deployment.admin.client.delete(&path).expect(404).code(), "api_key_not_found");
    let _ = client.get("/api/users/me").expect(200);
    let _ = person.client.delete(&path).expect(204);
    assert_eq!(client.get("/api/users/me").expect(401).code(), "not_signed_in");
    assert_eq!(person.client.delete(&path).expect(404).code(), "api_key_not_found");
    assert_eq!(person.client.delete("/api/api-keys/x").expect(404).code(), "api_key_not_found");
}

#[test]
fn a_key_deletes_itself() {
    let (key, client) = Deployment::shared().newcomer().api_key("Hara-kiri");
    let path = format!("/api/api-keys/{}", key["id"].as_str().expect("an id"));
    let _ = client.delete(&path).expect(204);
    let _ = client.get("/api/users/me").expect(401);
}

#[test]
fn a_key_ends_when_it_said_and_is_then_renewed_with_another_token() {
    let person = Deployment::shared().newcomer();
    let soon = soon();
    let made = made(&person, &json!({ "name": "Brief", "expiresAt": soon }));
    let path = format!("/api/api-keys/{}", made["apiKey"]["id"].as_str().expect("an id"));
    let renew = format!("{path}/renew");
    let token = made["token"].as_str().expect("a token");
    let old = Client::new(person.client.origin(), "10.9.9.9").with_header("x-api-key", token);
    let body = json!({ "expiresAt": FAR });
    assert_eq!(person.client.post(&renew, &body).expect(409).code(), "api_key_not_expired");
    let _ = old.get("/api/users/me").expect(200);
    std::thread::sleep(std::time::Duration::from_millis(3200));
    assert_eq!(old.get("/api/users/me").expect(401).code(), "not_signed_in");
    for bad in ["2020-01-01T00:00:00Z", "x"] {
        let reply = person.client.post(&renew, &json!({ "expiresAt": bad })).expect(400);
        assert_eq!(reply.code(), "invalid_api_key_expiration");
    }
    let missing = person.client.post(&renew, &json!({})).expect(400);
    assert_eq!(missing.json["details"]["fields"][0]["code"], "required");
    let stranger = Deployment::shared().newcomer();
    assert_eq!(stranger.client.post(&renew, &body).expect(404).code(), "api_key_not_found");
    let renewed = person.client.post(&renew, &body).expect(200).json;
    assert_eq!(renewed["apiKey"]["id"], made["apiKey"]["id"]);
    assert_eq!(renewed["apiKey"]["createdAt"], made["apiKey"]["createdAt"]);
    assert_eq!(renewed["apiKey"]["expiresAt"], FAR);
    let token = renewed["token"].as_str().expect("a token");
    let new = Client::new(person.client.origin(), "10.9.9.8").with_header("x-api-key", token);
    let _ = new.get("/api/users/me").expect(200);
    assert_eq!(old.get("/api/users/me").expect(401).code(), "not_signed_in");
    assert_eq!(person.client.post(&renew, &body).expect(409).code(), "api_key_not_expired");
}

/// Three seconds from now, as clients write it.
fn soon() -> String {
    let at = domain::Timestamp::from_ms(SystemClock.now_ms() + 3000);
    at.to_rfc3339().expect("before the year 10000")
}

#[test]
fn of_many_creations_at_once_no_more_than_a_hundred_succeed() {
    let person = Deployment::shared().newcomer();
    for number in 0..95 {
        let _ = person.api_key(&format!("Key {number}"));
    }
    let body = json!({ "name": "One more", "expiresAt": FAR });
    let attempts: Vec<_> = (0..12)
        .map(|_| (person.client.clone(), body.clone()))
        .map(|(client, body)| std::thread::spawn(move || client.post("/api/api-keys", &body)))
        .collect();
    let replies: Vec<_> = attempts.into_iter().map(|a| a.join().expect("no panic")).collect();
    assert_eq!(replies.iter().filter(|reply| reply.status == 201).count(), 5);
    for reply in replies.into_iter().filter(|reply| reply.status != 201) {
        assert_eq!(reply.expect(409).code(), "too_many_api_keys");
    }
    let listed = person.client.get("/api/api-keys?pagination[limit]=100").expect(200).json;
    assert_eq!(listed["pagination"]["totalItems"], 100);
}

#[test]
fn nobody_lists_or_makes_keys_without_being_signed_in() {
    let client = Deployment::shared().client();
    assert_eq!(client.get("/api/api-keys").expect(401).code(), "not_signed_in");
    let body = json!({ "name": "abc", "expiresAt": FAR });
    assert_eq!(client.post("/api/api-keys", &body).expect(401).code(), "not_signed_in");
}

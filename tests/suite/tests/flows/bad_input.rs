use postern_suite::{Deployment, Reply, unique};
use serde_json::{Value, json};

fn field_codes(reply: &Reply) -> Vec<(String, String)> {
    let fields = reply.json["details"]["fields"].as_array().expect("fields");
    let text = |field: &Value, member: &str| field[member].as_str().expect("text").to_owned();
    fields.iter().map(|field| (text(field, "field"), text(field, "code"))).collect()
}

#[test]
fn malformed_json_and_wrong_types_are_refused_with_the_fields_path() {
    let admin = &Deployment::shared().admin.client;
    for body in ["", "{", "[]x", "{\"username\": \"a\"} trailing", "\u{0}", "null"] {
        let reply = admin.send("POST", "/api/users", Some(body.as_bytes())).expect(400);
        assert_eq!(reply.code(), "invalid_request_body", "{body}");
    }
    let reply = admin.post("/api/users", &json!({ "username": "a", "isAdmin": "yes" })).expect(400);
    assert_eq!(reply.text_of("error"), "Request body is invalid");
    assert_eq!(field_codes(&reply)[0].0, "isAdmin");
    let reply = admin.post("/api/users", &json!({ "userGroupIds": ["x"] })).expect(400);
    assert_eq!(field_codes(&reply)[0].0, "userGroupIds[0]");
}

#[test]
fn deep_nesting_is_refused() {
    let admin = &Deployment::shared().admin.client;
    let body = format!("{{\"username\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(
        admin.send("POST", "/api/users", Some(body.as_bytes())).expect(400).code(),
        "invalid_request_body"
    );
}

#[test]
fn a_body_that_is_not_declared_as_json_is_refused() {
    let deployment = Deployment::shared();
    let token = deployment.admin.client.cookie("access_token").expect("a session");
    let body = json!({ "username": "x", "email": "x@example.com" }).to_string();
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "json"] {
        let client = deployment.client().with_header("content-type", kind);
        client.set_cookie("access_token", &token);
        let reply = client.send("POST", "/api/users", Some(body.as_bytes())).expect(400);
        assert_eq!(reply.code(), "invalid_request_body", "{kind}");
    }
    let number = unique();
    let body =
        json!({ "username": format!("ct{number}"), "email": format!("ct{number}@example.com") });
    let client =
        deployment.client().with_header("content-type", "application/scim+json; charset=utf-8");
    client.set_cookie("access_token", &token);
    let _ = client.send("POST", "/api/users", Some(body.to_string().as_bytes())).expect(201);
}

#[test]
fn a_body_past_one_megabyte_is_refused() {
    let admin = &Deployment::shared().admin.client;
    let body = json!({ "username": "x".repeat(1_000_001) }).to_string();
    let reply = admin.send("POST", "/api/users", Some(body.as_bytes())).expect(413);
    assert_eq!(reply.code(), "request_body_too_large");
}

#[test]
fn every_broken_field_is_named_at_once() {
    let admin = &Deployment::shared().admin.client;
    let body = json!({
        "username": "-x-", "email": "nobody", "firstName": "x".repeat(51), "displayName": "x".repeat(101),
    });
    let reply = admin.post("/api/users", &body).expect(400);
    assert_eq!(reply.code(), "validation_failed");
    let expected = [
        ("username", "invalid_format"),
        ("email", "invalid_format"),
        ("firstName", "too_long"),
        ("displayName", "too_long"),
    ];
    let found = field_codes(&reply);
    let found: Vec<_> = found.iter().map(|(field, code)| (field.as_str(), code.as_str())).collect();
    assert_eq!(found, expected);
    let reply = admin.post("/api/users", &json!({})).expect(400);
    assert_eq!(reply.text_of("error"), "Username is required, Email is required");
}

#[test]
fn unknown_routes_have_the_contracts_answer() {
    let client = Deployment::shared().client();
    for path in ["/api/nothing", "/api", "/api/", "/api/users/x/y/z"] {
        let reply = client.get(path).expect(404);
        assert_eq!(reply.text_of("error"), "API endpoint not found", "{path}");
        assert!(reply.json.get("code").is_none(), "{path}");
    }
}

#[test]
fn wrong_methods_are_refused_with_the_ones_allowed() {
    let admin = &Deployment::shared().admin.client;
    for (method, path) in
        [("PUT", "/api/users"), ("DELETE", "/api/signup/setup"), ("POST", "/api/users/me")]
    {
        let reply = admin.send(method, path, None).expect(405);
        assert_eq!(reply.code(), "method_not_allowed", "{path}");
        assert!(reply.header("allow").contains("GET"), "{path}");
    }
}

#[test]
fn unknown_and_malformed_ids_are_not_found() {
    let admin = &Deployment::shared().admin.client;
    for id in ["00000000-0000-4000-8000-000000000000", "x", "%F0%9F%98%80", "'--"] {
        assert_eq!(admin.get(&format!("/api/users/{id}")).expect(404).code(), "user_not_found");
        let passkey = format!("/api/webauthn/credentials/{id}");
        assert_eq!(admin.delete(&passkey).expect(404).code(), "not_found");
        assert_eq!(
            admin.delete(&format!("/api/users/me/sessions/{id}")).expect(404).code(),
            "not_found"
        );
    }
}

#[test]
fn pages_of_other_origins_change_nothing() {
    let deployment = Deployment::shared();
    let token = deployment.admin.client.cookie("access_token").expect("a session");
    let number = unique();
    let body = json!({ "username": format!("csrf{number}"), "email": format!("csrf{number}@example.com") });
    for (name, value) in
        [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")]
    {
        // A connection each: a body that is refused unread may end the connection.
        let page = || {
            let page = deployment.client().with_header(name, value);
            page.set_cookie("access_token", &token);
            page
        };
        let reply = page().post("/api/users", &body).expect(403);
        assert_eq!(reply.code(), "foreign_origin", "{value}");
        assert_eq!(page().post_empty("/api/webauthn/logout").expect(403).code(), "foreign_origin");
    }
    let found = deployment.admin.client.get(&format!("/api/users?search=csrf{number}")).expect(200);
    assert_eq!(found.json["pagination"]["totalItems"], 0);
    let own = deployment.client().with_header("origin", &deployment.base_url);
    own.set_cookie("access_token", &token);
    let _ = own.post("/api/users", &body).expect(201);
}

#[test]
fn hostile_searches_find_nothing_and_break_nothing() {
    let admin = &Deployment::shared().admin.client;
    for search in [
        "%25%25%25",
        "___",
        "%22",
        "%22%22%22%22",
        "a%22%20OR%20%22b",
        "NEAR(",
        "username:x",
        "%00%01a%00q",
        "%F0%9F%92%A9%F0%9F%92%A9%F0%9F%92%A9",
        "%E2%80%AE%E2%80%8B",
        "*",
        "%27%3B--",
    ] {
        let reply = admin.get(&format!("/api/users?search={search}")).expect(200);
        assert_eq!(reply.json["pagination"]["totalItems"], 0, "{search}");
    }
    let _ = admin.get(&format!("/api/users?search={}", "x".repeat(2000))).expect(200);
}

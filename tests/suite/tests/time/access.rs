//! Step-up, API keys, and what access leaves in the audit log.

use postern_suite::{Client, Person, Reply};
use serde_json::{Value, json};

use super::{Timed, timed};

/// An act that needs step-up and changes nothing else.
fn act(client: &Client) -> Reply {
    client.post("/api/api-keys", &json!({ "name": "abc", "expiresAt": "2099-12-31T00:00:00Z" }))
}

#[test]
fn an_assertion_is_fresh_for_five_minutes_and_can_be_made_again() {
    let timed = timed("off");
    let mut person = timed.deployment.member();
    let client = timed.deployment.client();
    let _ = person.sign_in(&client).expect(200);
    timed.clock.forward_seconds(4 * 60 + 50);
    let _ = act(&client).expect(201);
    timed.clock.forward_seconds(20);
    let passkey = client.get("/api/webauthn/credentials").expect(200).json[0]["id"].clone();
    let passkey = format!("/api/webauthn/credentials/{}", passkey.as_str().expect("an id"));
    let renew = format!("/api/api-keys/{}/renew", "00000000-0000-4000-8000-000000000000");
    for reply in [
        act(&client),
        client.delete(&passkey),
        client.post(&renew, &json!({ "expiresAt": "2099-12-31T00:00:00Z" })),
        client.post_empty("/api/webauthn/reauthenticate"),
    ] {
        assert_eq!(reply.expect(401).code(), "reauthentication_required");
    }
    let _ = person.reauthenticate(&client).expect(204);
    let _ = act(&client).expect(201);
    assert_eq!(client.post(&renew, &json!({})).expect(400).code(), "validation_failed");
    timed.clock.forward_seconds(5 * 60 + 1);
    assert_eq!(act(&client).expect(401).code(), "reauthentication_required");
    let _ = person.reauthenticate(&client).expect(204);
    let _ = client.delete(&passkey).expect(204);
}

#[test]
fn a_session_found_open_adds_no_passkey() {
    let timed = timed("off");
    let mut person = timed.deployment.member();
    let client = timed.deployment.client();
    let _ = person.sign_in(&client).expect(200);
    timed.clock.forward_seconds(6 * 60);
    let start = || client.get("/api/webauthn/register/start");
    assert_eq!(start().expect(401).code(), "reauthentication_required");
    let _ = person.reauthenticate(&client).expect(204);
    let _ = start().expect(200);
    let by_link = person.client.get("/api/webauthn/register/start");
    let _ = by_link.expect(200);
}

#[test]
fn a_stale_session_of_an_administrator_makes_no_link_for_one() {
    let mut timed = timed("off");
    let (_, key) = timed.deployment.admin.api_key("Script");
    let _ = timed.deployment.admin.register().expect(200);
    let client = timed.deployment.client();
    let _ = timed.deployment.admin.sign_in(&client).expect(200);
    let other = json!({ "username": "second", "email": "second@example.com", "isAdmin": true });
    let other = client.post("/api/users", &other).expect(201).json;
    let (own, somebody) = (timed.deployment.admin.user.clone(), timed.deployment.new_user());
    let mint = |client: &Client, user: &Value, ttl: u32| {
        let id = user["id"].as_str().expect("an id");
        client.post(&format!("/api/users/{id}/one-time-access-token"), &json!({ "ttl": ttl }))
    };
    timed.clock.forward_seconds(4 * 60 + 50);
    let _ = mint(&client, &own, 60).expect(201);
    let _ = mint(&client, &other, 60).expect(201);
    timed.clock.forward_seconds(11);
    let address = json!({ "username": "second", "email": "mine@example.com", "isAdmin": true });
    let path = format!("/api/users/{}", other["id"].as_str().expect("an id"));
    assert_eq!(client.put(&path, &address).expect(401).code(), "reauthentication_required");
    for user in [&own, &other] {
        assert_eq!(mint(&client, user, 60).expect(401).code(), "reauthentication_required");
        let _ = mint(&key, user, 60).expect(201);
    }
    let _ = mint(&client, &somebody, 60).expect(201);
    let _ = timed.deployment.admin.reauthenticate(&client).expect(204);
    let _ = mint(&client, &own, 60).expect(201);
    let _ = mint(&client, &other, 60).expect(201);
    let made = |actor: &Value| {
        let id = actor["id"].as_str().expect("an id");
        let path = format!("/api/users/{id}/one-time-access-tokens");
        client.get(&path).expect(200).json["pagination"]["totalItems"].clone()
    };
    assert_eq!((made(&own), made(&other)), (json!(3), json!(3)), "nothing by the refused");
}

#[test]
fn links_are_forgotten_ninety_days_after_their_end_a_few_with_each_new_one() {
    let timed = timed("off");
    let (user, other) = (timed.deployment.new_user(), timed.deployment.new_user());
    for _ in 0..6 {
        let _ = timed.deployment.new_link(&user);
    }
    let configured = "INSERT INTO configuration (key, value) VALUES ('sessionDuration', '43200')";
    timed.database.migrate(configured).expect("a row");
    let (_, key) = timed.deployment.admin.api_key("Script");
    let path = |user: &Value, tail: &str| {
        format!("/api/users/{}/one-time-access-token{tail}", user["id"].as_str().expect("an id"))
    };
    let left = || key.get(&path(&user, "s")).expect(200).json["pagination"]["totalItems"].clone();
    let mint = || key.post(&path(&other, ""), &json!({})).expect(201);
    timed.clock.forward_seconds(90 * 86_400 + 3_599);
    let _ = mint();
    assert_eq!(left(), 6, "not a second too early");
    timed.clock.forward_seconds(2);
    let _ = mint();
    assert_eq!(left(), 2, "four at a time");
    let _ = mint();
    assert_eq!(left(), 0);
}

#[test]
fn an_ended_session_does_not_hide_an_api_key() {
    let timed = timed("off");
    let person = timed.deployment.newcomer();
    let (key, by_key) = person.api_key("Script");
    let token = person.client.cookie("access_token").expect("a cookie");
    let both = by_key.with_header("authorization", &format!("Bearer {token}"));
    let _ = both.get("/api/users/me").expect(200);
    let _ = both.post("/api/api-keys", &json!({})).expect(400);
    let sessions = format!("/api/users/{}/sessions", person.id());
    let _ = timed.deployment.admin.client.delete(&sessions).expect(204);
    assert_eq!(both.get("/api/users/me").expect(200).json["id"], person.user["id"]);
    assert_eq!(both.get("/api/users").expect(403).code(), "forbidden");
    let refused = both.post("/api/api-keys", &json!({})).expect(403);
    assert_eq!(refused.code(), "api_key_auth_not_allowed");
    let revoke = format!("/api/api-keys/{}", key["id"].as_str().expect("an id"));
    let _ = both.delete(&revoke).expect(204);
    assert_eq!(both.get("/api/users/me").expect(401).code(), "not_signed_in");
}

#[test]
fn a_disabled_user_is_not_let_in_by_an_api_key_of_somebody_else() {
    let timed = timed("off");
    let person = timed.deployment.newcomer();
    let (_, key) = timed.deployment.admin.api_key("Script");
    let token = person.client.cookie("access_token").expect("a cookie");
    let both = key.with_header("authorization", &format!("Bearer {token}"));
    let disable = format!("UPDATE users SET disabled = 1 WHERE id = '{}'", person.id());
    timed.database.migrate(&disable).expect("the user");
    assert_eq!(both.get("/api/users/me").expect(403).code(), "user_disabled");
}

/// Else a row without an address is wrong by itself.
fn addresses_may_be_missing(timed: &Timed) {
    let configured = "INSERT INTO configuration (key, value) VALUES ('requireUserEmail', 'false')";
    timed.database.migrate(configured).expect("a row");
}

#[test]
fn a_stale_session_imports_no_address_of_its_own() {
    let timed = timed("off");
    let client = timed.deployment.admin.client.clone().with_header("content-type", "text/csv");
    let own = timed.deployment.admin.user["username"].as_str().expect("a name").to_uppercase();
    addresses_may_be_missing(&timed);
    let import = |query: &str, file: &str| {
        client.send("POST", &format!("/api/users/import?{query}"), Some(file.as_bytes()))
    };
    let address = |address: &str| format!("username,email\n{own},{address}\n");
    let _ = import("onConflict=update", &address("fresh@example.com")).expect(200);
    timed.clock.forward_seconds(5 * 60 + 1);
    for file in [address("evil@example.com"), address("")] {
        let reply = import("onConflict=update", &file).expect(401);
        assert_eq!(reply.code(), "reauthentication_required");
        let _ = import("onConflict=update&dryRun=true", &file).expect(200);
        let _ = import("onConflict=skip", &file).expect(200);
    }
    let _ = import("onConflict=update", &format!("username,lastName\n{own},Other\n")).expect(200);
    let me = client.get("/api/users/me").expect(200).json;
    assert_eq!((&me["email"], &me["lastName"]), (&json!("fresh@example.com"), &json!("Other")));
}

#[test]
fn a_stale_session_imports_no_other_address_of_an_administrator() {
    let timed = timed("off");
    let plain = timed.deployment.new_user()["username"].as_str().expect("a name").to_owned();
    let client = timed.deployment.admin.client.clone().with_header("content-type", "text/csv");
    let import = |query: &str, file: &str| {
        client.send("POST", &format!("/api/users/import?{query}"), Some(file.as_bytes()))
    };
    addresses_may_be_missing(&timed);
    let second = "username,email,isAdmin\nsecond,second@example.com,true\n";
    let _ = import("", second).expect(200);
    timed.clock.forward_seconds(5 * 60 + 1);
    let file = |address: &str| format!("username,email\nSecond,{address}\n{plain},p@example.com\n");
    for mode in ["all", "each"] {
        let query = format!("onConflict=update&mode={mode}");
        for address in ["evil@example.com", ""] {
            let reply = import(&query, &file(address)).expect(401);
            assert_eq!(reply.code(), "reauthentication_required");
        }
        let trial = import(&format!("{query}&dryRun=true"), &file("evil@example.com")).expect(200);
        assert_eq!(trial.json["summary"]["update"], 2);
    }
    let found = client.get("/api/users?search=@example.com").expect(200).json["data"].to_string();
    assert!(found.contains("second@example.com") && !found.contains("p@example.com"), "{found}");
    let same = import("onConflict=update", &file("second@example.com")).expect(200);
    assert_eq!(
        (&same.json["summary"]["skip"], &same.json["summary"]["update"]),
        (&json!(1), &json!(1))
    );
}

#[test]
fn re_authentication_does_not_prolong_the_session() {
    let timed = timed("off");
    let mut person = timed.deployment.member();
    let client = person.client.clone();
    timed.clock.forward_seconds(59 * 60);
    let _ = person.reauthenticate(&client).expect(204);
    timed.clock.forward_seconds(61);
    assert_eq!(person.reauthenticate(&client).expect(401).code(), "not_signed_in");
    assert_eq!(act(&client).expect(401).code(), "not_signed_in");
}

#[test]
fn who_has_no_passkey_steps_up_by_a_session_of_five_minutes() {
    let timed = timed("off");
    let person = timed.deployment.newcomer();
    timed.clock.forward_seconds(4 * 60 + 50);
    let _ = act(&person.client).expect(201);
    timed.clock.forward_seconds(20);
    assert_eq!(act(&person.client).expect(401).code(), "reauthentication_required");
}

#[test]
fn an_assertion_for_an_ended_session_does_not_bring_it_back() {
    let timed = timed("off");
    let mut person = timed.deployment.member();
    let client = person.client.clone();
    let response = person.assertion(&client);
    let sessions = format!("/api/users/{}/sessions", person.id());
    let _ = timed.deployment.admin.client.delete(&sessions).expect(204);
    let reply = client.post("/api/webauthn/reauthenticate", &response).expect(401);
    assert_eq!(reply.code(), "not_signed_in");
}

#[test]
fn an_api_key_stops_with_its_time_its_owner_and_its_row() {
    let timed = timed("off");
    let person = timed.deployment.newcomer();
    let (_, key) = person.api_key("Script");
    let of_person = format!("WHERE id = '{}'", person.id());
    let set = |disabled: u8| {
        let sql = format!("UPDATE users SET disabled = {disabled} {of_person}");
        timed.database.migrate(&sql).expect("the user");
    };
    let _ = key.get("/api/users/me").expect(200);
    set(1);
    assert_eq!(key.get("/api/users/me").expect(403).code(), "user_disabled");
    set(0);
    let _ = key.get("/api/users/me").expect(200);
    timed.clock.forward_seconds(80 * 365 * 24 * 3600);
    assert_eq!(key.get("/api/users/me").expect(401).code(), "not_signed_in");
}

#[test]
fn the_use_of_a_key_is_noted_at_most_once_a_minute() {
    let timed = timed("off");
    let (_, key) = timed.deployment.newcomer().api_key("Script");
    let last_used =
        || -> Value { key.get("/api/api-keys").expect(200).json["data"][0]["lastUsedAt"].clone() };
    let first = last_used();
    assert!(first.is_string());
    timed.clock.forward_seconds(30);
    assert_eq!(last_used(), first);
    timed.clock.forward_seconds(31);
    assert_ne!(last_used(), first);
}

#[test]
fn access_is_audited_with_who_and_what_and_nothing_more_than_once() {
    let timed = timed("off");
    let mut person = timed.deployment.member();
    access_is_used(&timed, &mut person);
    let check = "CREATE TABLE found (n INTEGER CHECK (n > 0)) STRICT; \
        INSERT INTO found SELECT count(*) FROM audit_entries WHERE event = 'API_KEY_CREATED' \
          AND data ->> 'keyName' = 'Script' AND data ->> 'expiresAt' = '2099-12-31T00:00:00Z'; \
        INSERT INTO found SELECT count(*) FROM audit_entries WHERE event = 'API_KEY_RENEWED' \
          AND data ->> 'before' = '1970-01-01T00:00:00Z' \
          AND data ->> 'after' = '2099-12-31T00:00:00Z'; \
        INSERT INTO found SELECT count(*) FROM audit_entries WHERE event = 'API_KEY_REVOKED' \
          AND data ->> 'keyName' = 'Script' AND data ->> 'apiKeyId' = data ->> 'keyId'; \
        INSERT INTO found SELECT count(*) FROM audit_entries WHERE event = 'REAUTHENTICATED'; \
        INSERT INTO found SELECT count(*) FROM audit_entries \
          WHERE event = 'REAUTHENTICATION_FAILED' AND data ->> 'reason' = 'another_user' \
            AND actor_id = user_id; \
        INSERT INTO found SELECT count(*) = 2 FROM audit_entries WHERE event = 'SESSION_REVOKED'; \
        INSERT INTO found SELECT count(*) FROM audit_entries WHERE event = 'SESSION_REVOKED' \
          AND actor_username LIKE 'admin%' AND username LIKE 'user%' AND data ->> 'sessions' = '1'; \
        INSERT INTO found SELECT count(*) FROM audit_entries WHERE event = 'PASSKEY_RENAMED' \
          AND data ->> 'before' = 'New Passkey' AND data ->> 'passkeyName' = 'Key'; \
        INSERT INTO found SELECT count(*) = 1 FROM audit_entries WHERE event = 'PASSKEY_REMOVED' \
          AND actor_username LIKE 'admin%' AND username LIKE 'user%' \
          AND data ->> 'passkeyName' = 'Key'; \
        INSERT INTO found SELECT count(*) = 0 FROM audit_entries WHERE data LIKE '%token%'";
    timed.database.migrate(check).expect("each entry is there, once");
}

/// Everything that `functions/access` audits, and what must leave no entry.
fn access_is_used(timed: &Timed, person: &mut Person) {
    let elsewhere = timed.deployment.client();
    let _ = person.sign_in(&elsewhere).expect(200);
    let admin = &timed.deployment.admin.client;
    let client = person.client.clone();
    let other = timed.deployment.member().reauthenticate(&client);
    let _ = other.expect(401);
    let _ = person.reauthenticate(&client).expect(204);
    let (key, by_key) = person.api_key("Script");
    let path = format!("/api/api-keys/{}", key["id"].as_str().expect("an id"));
    timed.database.migrate("UPDATE api_keys SET expires_at = 0 WHERE rowid > 0").expect("all");
    let body = json!({ "expiresAt": "2099-12-31T00:00:00Z" });
    let renewed = client.post(&format!("{path}/renew"), &body).expect(200).text_of("token");
    let _ = by_key.get("/api/users/me").expect(401);
    let by_key = timed.deployment.client().with_header("x-api-key", &renewed);
    let _ = by_key.delete(&path).expect(204);
    let listed = client.get("/api/users/me/sessions").expect(200).json;
    let sign_in = listed["data"].as_array().expect("a list").iter().find(|s| s["current"] == false);
    let sign_in = sign_in.and_then(|s| s["id"].as_str()).expect("the other session");
    let _ = client.delete(&format!("/api/users/me/sessions/{sign_in}")).expect(204);
    let _ = elsewhere.get("/api/users/me").expect(401);
    let _ = client.delete("/api/users/me/sessions").expect(204);
    let passkey = client.get("/api/webauthn/credentials").expect(200).json[0]["id"].clone();
    let passkey = passkey.as_str().expect("an id");
    let own = format!("/api/webauthn/credentials/{passkey}");
    let _ = client.patch(&own, &json!({ "name": "Key" })).expect(200);
    let of_person = format!("/api/users/{}", person.id());
    for sessions in [format!("{of_person}/sessions"), format!("{of_person}/sessions/{sign_in}")] {
        let _ = admin.delete(&sessions);
    }
    let removed = format!("{of_person}/webauthn-credentials/{passkey}");
    let _ = admin.delete(&removed).expect(204);
    let _ = admin.delete(&removed).expect(404);
}

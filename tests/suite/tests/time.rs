//! What ends by itself, and who is shut out at once. Natively: the clock is put forward and the
//! database reached into.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

#[path = "time/access.rs"]
mod access;
#[path = "time/log_files.rs"]
mod log_files;
#[path = "time/signup.rs"]
mod signup;

use std::sync::Arc;

use platform::native::NativeDatabase;
use postern_suite::{Deployment, MovableClock, NativeServer, SETUP_TOKEN, database};

struct Timed {
    database: Arc<NativeDatabase>,
    clock: Arc<MovableClock>,
    deployment: Deployment,
}

fn timed(rate_limits: &str) -> Timed {
    let database = Arc::new(database());
    let clock = Arc::new(MovableClock::default());
    let server =
        NativeServer::start_at(Arc::clone(&database) as _, rate_limits, Arc::clone(&clock) as _);
    let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
    Timed { database, clock, deployment }
}

#[test]
fn a_ceremony_is_over_after_sixty_seconds() {
    let timed = timed("off");
    let mut person = timed.deployment.member();
    let client = timed.deployment.client();
    let options = client.get("/api/webauthn/login/start").expect(200).json;
    let response = person.authenticator.get(client.origin(), &options).expect("a credential");
    timed.clock.forward_seconds(61);
    let reply = client.post("/api/webauthn/login/finish", &response).expect(400);
    assert_eq!(reply.code(), "invalid_webauthn_session");
}

#[test]
fn a_registration_is_over_after_sixty_seconds() {
    let timed = timed("off");
    let mut person = timed.deployment.newcomer();
    let options = person.client.get("/api/webauthn/register/start").expect(200).json;
    let response = person.authenticator.create(person.client.origin(), &options);
    timed.clock.forward_seconds(61);
    let reply = person.client.post("/api/webauthn/register/finish", &response).expect(400);
    assert_eq!(reply.code(), "invalid_webauthn_session");
}

#[test]
fn a_session_ends_after_the_configured_time() {
    let timed = timed("off");
    let by_default = timed.deployment.newcomer();
    let configured = "INSERT INTO configuration (key, value) VALUES ('sessionDuration', '5')";
    timed.database.migrate(configured).expect("a row");
    let short = timed.deployment.newcomer();
    timed.clock.forward_seconds(5 * 60);
    assert_eq!(short.client.get("/api/users/me").expect(401).code(), "not_signed_in");
    let _ = by_default.client.get("/api/users/me").expect(200);
    timed.clock.forward_seconds(55 * 60);
    assert_eq!(by_default.client.get("/api/users/me").expect(401).code(), "not_signed_in");
}

#[test]
fn a_limit_refills_with_time() {
    let timed = timed("on");
    let client = timed.deployment.client();
    let path = "/api/one-time-access-token/AAAAAAAAAAAAAAAAAAAAAAAA";
    for _ in 0..5 {
        let _ = client.post_empty(path).expect(401);
    }
    assert_eq!(client.post_empty(path).expect(429).header("retry-after"), "10");
    timed.clock.forward_seconds(10);
    let _ = client.post_empty(path).expect(401);
    let _ = client.post_empty(path).expect(429);
}

#[test]
fn a_disabled_user_is_refused_everywhere_at_once() {
    let timed = timed("off");
    let mut person = timed.deployment.member();
    let disable = format!("UPDATE users SET disabled = 1 WHERE id = '{}'", person.id());
    timed.database.migrate(&disable).expect("the user");
    for path in [
        "/api/users/me",
        "/api/users/me/sessions",
        "/api/webauthn/credentials",
        "/api/webauthn/register/start",
    ] {
        assert_eq!(person.client.get(path).expect(403).code(), "user_disabled", "{path}");
    }
    let elsewhere = timed.deployment.client();
    assert_eq!(person.sign_in(&elsewhere).expect(403).code(), "user_disabled");
    assert!(elsewhere.cookie("access_token").is_none());
}

#[test]
fn entries_say_what_was_made_and_changed_and_by_which_key() {
    let timed = timed("off");
    let admin = &timed.deployment.admin;
    let (_, key) = admin.api_key("Script");
    let group = serde_json::json!({ "name": "team", "friendlyName": "Team" });
    let group = admin.client.post("/api/user-groups", &group).expect(201).json["id"].clone();
    let user = serde_json::json!({
        "username": "ada", "email": "ada@example.com", "userGroupIds": [group],
    });
    let user = admin.client.post("/api/users", &user).expect(201).json["id"].clone();
    let other = timed.deployment.new_user()["id"].clone();
    for (action, of) in [("disable", &user), ("enable", &user), ("addToGroup", &other)] {
        let body = serde_json::json!({ "ids": [of], "action": action, "groupId": group });
        let _ = admin.client.post("/api/users/bulk", &body).expect(200);
    }
    let links = format!("/api/users/{}/one-time-access-token", user.as_str().expect("an id"));
    let made = key.post(&links, &serde_json::json!({})).expect(201).text_of("id");
    let _ = key.delete(&format!("{links}s/{made}")).expect(204);
    let csv = admin.client.clone().with_header("content-type", "text/csv");
    let _ = csv.send("POST", "/api/users/import", Some(b"username,email\nbob,bob@example.com\n"));
    let check = format!(
        "CREATE TABLE told (n INTEGER CHECK (n = 1)) STRICT; \
         CREATE VIEW told_of AS SELECT event, username, data ->> 'apiKeyId' AS key, data, \
           data ->> 'method' AS method, data ->> 'before' AS before, data ->> 'after' AS after \
           FROM audit_entries; \
         INSERT INTO told SELECT count(*) FROM told_of WHERE event = 'ACCOUNT_CREATED' \
           AND method = 'administrator' AND after ->> 'username' = 'ada' \
           AND after ->> 'email' = 'ada@example.com' AND after ->> 'isAdmin' = 0 \
           AND after ->> 'groups' = '[\"team\"]'; \
         INSERT INTO told SELECT count(*) FROM told_of WHERE event = 'ACCOUNT_CREATED' \
           AND method = 'setup' AND after ->> 'username' = username AND after ->> 'isAdmin' = 1; \
         INSERT INTO told SELECT count(*) FROM told_of WHERE event = 'ACCOUNT_CREATED' \
           AND method = 'import' AND after ->> 'email' = 'bob@example.com'; \
         INSERT INTO told SELECT count(*) FROM told_of WHERE event = 'USER_UPDATED' \
           AND before ->> 'disabled' = 0 AND after ->> 'disabled' = 1; \
         INSERT INTO told SELECT count(*) FROM told_of WHERE event = 'USER_UPDATED' \
           AND before ->> 'disabled' = 1 AND after ->> 'disabled' = 0; \
         INSERT INTO told SELECT count(*) FROM told_of WHERE event = 'USER_GROUP_MEMBERS_CHANGED' \
           AND data ->> 'userGroupId' = '{}' AND data ->> 'userGroup' = 'team' \
           AND data ->> 'usersAdded' = '[\"{}\"]' AND data ->> 'usersAddedCount' = '1' \
           AND data ->> 'ldapManaged' = 'false' AND before IS NULL AND data ->> 'groupId' IS NULL; \
         INSERT INTO told SELECT count(key) FROM told_of WHERE event = 'ONE_TIME_LINK_CREATED'; \
         INSERT INTO told SELECT count(key) FROM told_of WHERE event = 'ONE_TIME_LINK_REVOKED'",
        group.as_str().expect("an id"),
        other.as_str().expect("an id"),
    );
    timed.database.migrate(&check).expect("each entry is there, once");
}

#[test]
fn the_directory_says_who_of_its_own_is_disabled() {
    let timed = timed("off");
    let (user, other) = (timed.deployment.new_user(), timed.deployment.new_user());
    let owned = format!(
        "INSERT INTO configuration (key, value) VALUES ('ldapEnabled', 'true'); \
         UPDATE users SET ldap_id = 'x' WHERE id = {}",
        user["id"].to_string().replace('"', "'")
    );
    timed.database.migrate(&owned).expect("the user");
    let act = |action: &str| {
        let body = serde_json::json!({ "ids": [user["id"], other["id"]], "action": action });
        let reply = timed.deployment.admin.client.post("/api/users/bulk", &body).expect(200).json;
        let outcome = |index: usize| reply["results"][index]["outcome"].as_str().map(str::to_owned);
        (outcome(0), reply["results"][0]["code"].clone(), outcome(1))
    };
    let text = |text: &str| Some(text.to_owned());
    let refused = serde_json::json!("ldap_user_update");
    assert_eq!(act("disable"), (text("refused"), refused.clone(), text("done")));
    let shut = "UPDATE users SET disabled = 1 WHERE ldap_id = 'x'";
    timed.database.migrate(shut).expect("the user");
    assert_eq!(act("enable"), (text("refused"), refused, text("done")));
    timed
        .database
        .migrate("UPDATE configuration SET value = 'false' WHERE key = 'ldapEnabled'")
        .expect("the setting");
    assert_eq!(act("enable"), (text("done"), serde_json::Value::Null, text("unchanged")));
}

#[test]
fn an_administrator_who_is_demoted_is_one_no_longer() {
    let timed = timed("off");
    let admin = &timed.deployment.admin.client;
    let _ = admin.get("/api/users").expect(200);
    timed.database.migrate("UPDATE users SET is_admin = 0 WHERE seq > 0").expect("everybody");
    assert_eq!(admin.get("/api/users").expect(403).code(), "forbidden");
}

#[test]
fn every_act_leaves_an_entry_with_who_and_from_where_and_never_a_secret() {
    let timed = timed("off");
    let mut person = timed.deployment.member();
    let _ = person.sign_in(&timed.deployment.client()).expect(200);
    let check = "CREATE TABLE found (n INTEGER CHECK (n > 0)) STRICT; \
        INSERT INTO found SELECT count(*) FROM audit_entries WHERE event = 'ACCOUNT_CREATED' \
          AND actor_username LIKE 'admin%' AND username LIKE 'user%'; \
        INSERT INTO found SELECT count(*) FROM audit_entries WHERE event = 'ONE_TIME_LINK_CREATED' \
          AND actor_id IS NOT NULL AND ip_address <> '' AND user_agent <> ''; \
        INSERT INTO found SELECT count(*) FROM audit_entries WHERE event = 'TOKEN_SIGN_IN'; \
        INSERT INTO found SELECT count(*) FROM audit_entries WHERE event = 'PASSKEY_ADDED'; \
        INSERT INTO found SELECT count(*) FROM audit_entries WHERE event = 'SIGN_IN'; \
        INSERT INTO found SELECT count(*) = 0 FROM audit_entries WHERE data LIKE '%token%'";
    timed.database.migrate(check).expect("each event is there");
}

#[test]
fn entries_older_than_the_configured_days_go_with_the_next_acts() {
    let timed = timed("off");
    let admin = &timed.deployment.admin.client;
    let configured = "INSERT INTO configuration (key, value) VALUES ('auditLogRetentionDays', '2'); \
        INSERT INTO configuration (key, value) VALUES ('sessionDuration', '43200')";
    timed.database.migrate(configured).expect("rows");
    let user = timed.deployment.new_user();
    let id = user["id"].as_str().expect("an id");
    for _ in 0..19 {
        let _ = timed.deployment.new_link(&user);
    }
    let token = timed.deployment.new_link(&timed.deployment.admin.user);
    let _ = admin.post_empty(&format!("/api/one-time-access-token/{token}")).expect(200);
    let about = |id: &str| {
        let path = format!("/api/audit-logs/all?filters[userID]={id}&pagination[limit]=100");
        admin.get(&path).expect(200).json["pagination"]["totalItems"].as_u64()
    };
    let whole = || {
        let reply = admin.get("/api/audit-logs/all?pagination[limit]=100").expect(200).json;
        let listed = reply["data"].as_array().map(Vec::len).expect("a list") as u64;
        assert_eq!(reply["pagination"]["totalItems"].as_u64(), Some(listed), "the counter agrees");
        listed
    };
    timed.clock.forward_seconds(2 * 86_400 - 3600);
    let before = whole();
    let _ = timed.deployment.new_user();
    assert_eq!(whole(), before + 1, "not a day too early");
    timed.clock.forward_seconds(2 * 3600);
    let _ = timed.deployment.new_user();
    assert_eq!(whole(), before + 2 - 16, "sixteen at a time");
    let _ = timed.deployment.new_user();
    let _ = timed.deployment.new_user();
    assert_eq!(about(id), Some(0));
    assert_eq!(whole(), 4);
}

#[test]
fn the_public_settings_are_read_again_after_a_minute_and_secrets_rest_sealed() {
    let timed = timed("off");
    let admin = &timed.deployment.admin.client;
    let path = "/api/application-configuration";
    let form = serde_json::json!({ "appName": "Example", "smtpPassword": "correct horse" });
    let _ = admin.put(path, &form).expect(200);
    let check = "CREATE TABLE sealed (n INTEGER CHECK (n > 0)) STRICT; \
        INSERT INTO sealed SELECT count(*) FROM configuration \
          WHERE key = 'smtpPassword' AND value LIKE 'v1.%'; \
        INSERT INTO sealed SELECT count(*) = 0 FROM configuration WHERE value LIKE '%horse%'; \
        UPDATE configuration SET value = 'Another' WHERE key = 'appName'";
    timed.database.migrate(check).expect("it is sealed");
    let shown = || {
        let settings = timed.deployment.client().get(path).expect(200).json;
        settings[0]["value"].as_str().map(str::to_owned)
    };
    assert_eq!(shown().as_deref(), Some("Example"));
    timed.clock.forward_seconds(60);
    assert_eq!(shown().as_deref(), Some("Another"));
}

#[test]
fn proofs_of_addresses_are_limited_a_user_from_wherever() {
    let timed = timed("on");
    let on = serde_json::json!({ "emailVerificationEnabled": "true" });
    let _ = timed.deployment.admin.client.put("/api/application-configuration", &on).expect(200);
    let person = timed.deployment.newcomer();
    let (_, elsewhere) = person.api_key("Script");
    let send = "/api/users/me/send-email-verification";
    let _ = person.client.post_empty(send).expect(204);
    assert_eq!(elsewhere.post_empty(send).expect(429).header("retry-after"), "300");
    timed.clock.forward_seconds(300);
    let _ = elsewhere.post_empty(send).expect(204);
    let guess = || {
        let body = serde_json::json!({ "token": "AAAAAAAAAAAAAAAAAAAAAAAA" });
        person.client.post("/api/users/me/verify-email", &body)
    };
    for _ in 0..5 {
        let _ = guess().expect(400);
    }
    let _ = guess().expect(429);
    timed.clock.forward_seconds(10);
    let _ = guess().expect(400);
}

#[test]
fn all_who_ask_for_links_together_are_limited_to_two_hundred_at_once() {
    let timed = timed("on");
    let on = serde_json::json!({ "emailOneTimeAccessAsUnauthenticatedEnabled": "true" });
    let _ = timed.deployment.admin.client.put("/api/application-configuration", &on).expect(200);
    let ask = |number: u32| {
        let body = serde_json::json!({ "email": format!("crowd{number}@example.com") });
        timed.deployment.client().post("/api/one-time-access-email", &body).status
    };
    let statuses: Vec<u16> = (0..220).map(ask).collect();
    let admitted = statuses.iter().filter(|status| **status == 204).count();
    // Two more for each second that the test takes.
    assert!((200..=215).contains(&admitted), "{admitted}");
    assert!(statuses.contains(&429) && statuses[..200].iter().all(|status| *status == 204));
}

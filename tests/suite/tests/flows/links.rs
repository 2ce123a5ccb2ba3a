use postern_suite::{Client, Deployment, Reply};
use serde_json::{Value, json};

fn path(token: &str) -> String {
    format!("/api/one-time-access-token/{token}")
}

fn links_of(deployment: &Deployment, user: &Value) -> Vec<Value> {
    let id = user["id"].as_str().expect("an id");
    let reply = deployment.admin.client.get(&format!("/api/users/{id}/one-time-access-tokens"));
    reply.expect(200).json["data"].as_array().expect("a list").clone()
}

fn refused(reply: Reply) {
    let reply = reply.expect(401);
    assert_eq!(reply.code(), "token_invalid_or_expired");
    assert_eq!(reply.text_of("error"), "Token is invalid or expired");
}

#[test]
fn looking_at_a_link_never_redeems_it() {
    let deployment = Deployment::shared();
    let user = deployment.new_user();
    let token = deployment.new_link(&user);
    for _ in 0..5 {
        let scanner = deployment.client();
        let shown = scanner.get(&path(&token)).expect(200);
        assert_eq!(shown.json["displayName"], user["displayName"]);
        assert!(shown.headers.get("set-cookie").is_none());
        assert_eq!(scanner.send("HEAD", &path(&token), None).status, 200);
    }
    assert_eq!(links_of(deployment, &user)[0]["state"], "active");
    let _ = deployment.client().post_empty(&path(&token)).expect(200);
}

/// Comes again when the database is busy, as clients are told to: a hundred wait for one lock.
fn patiently(client: &Client, path: &str) -> Reply {
    for _ in 0..10 {
        let reply = client.post_empty(path);
        if reply.status != 503 {
            return reply;
        }
        let seconds = reply.header("retry-after").parse().expect("busy says when to come again");
        std::thread::sleep(std::time::Duration::from_secs(seconds));
    }
    client.post_empty(path)
}

#[test]
fn of_a_hundred_redemptions_at_once_one_makes_a_session() {
    let deployment = Deployment::shared();
    let user = deployment.new_user();
    let token = deployment.new_link(&user);
    let attempts: Vec<_> = (0..100)
        .map(|_| (deployment.client(), path(&token)))
        .map(|(client, path)| std::thread::spawn(move || (patiently(&client, &path), client)))
        .collect();
    let replies: Vec<(Reply, Client)> =
        attempts.into_iter().map(|attempt| attempt.join().expect("no panic")).collect();
    let winners: Vec<_> = replies.iter().filter(|(reply, _)| reply.status == 200).collect();
    assert_eq!(winners.len(), 1);
    assert_eq!(replies.iter().filter(|(reply, _)| reply.status == 401).count(), 99);
    let sessions = winners[0].1.get("/api/users/me/sessions").expect(200).json;
    assert_eq!(sessions["pagination"]["totalItems"], 1);
    assert_eq!(links_of(deployment, &user)[0]["state"], "redeemed");
}

#[test]
fn a_redeemed_link_is_over() {
    let deployment = Deployment::shared();
    let token = deployment.new_link(&deployment.new_user());
    let _ = deployment.client().post_empty(&path(&token)).expect(200);
    refused(deployment.client().post_empty(&path(&token)));
    refused(deployment.client().get(&path(&token)));
}

#[test]
fn a_revoked_link_is_over_and_revoking_twice_is_no_error() {
    let deployment = Deployment::shared();
    let user = deployment.new_user();
    let minted = deployment.mint(&user, &json!({ "ttl": 600 })).expect(201);
    let id = user["id"].as_str().expect("an id");
    let link = format!("/api/users/{id}/one-time-access-tokens/{}", minted.text_of("id"));
    let _ = deployment.admin.client.delete(&link).expect(204);
    let _ = deployment.admin.client.delete(&link).expect(204);
    refused(deployment.client().get(&path(&minted.text_of("token"))));
    refused(deployment.client().post_empty(&path(&minted.text_of("token"))));
    let listed = &links_of(deployment, &user)[0];
    assert_eq!(listed["state"], "revoked");
    assert_eq!(listed["createdBy"]["username"], deployment.admin.user["username"]);
}

#[test]
fn an_expired_link_is_over() {
    let deployment = Deployment::shared();
    let user = deployment.new_user();
    let token = deployment.mint(&user, &json!({ "ttl": "1.5s" })).expect(201).text_of("token");
    std::thread::sleep(std::time::Duration::from_millis(1600));
    refused(deployment.client().get(&path(&token)));
    refused(deployment.client().post_empty(&path(&token)));
    assert_eq!(links_of(deployment, &user)[0]["state"], "expired");
}

#[test]
fn unknown_and_malformed_links_get_the_one_answer() {
    let deployment = Deployment::shared();
    for token in ["AAAAAAAAAAAAAAAAAAAAAAAA", "x", "%00", "..%2f..%2fusers", &"a".repeat(5000)] {
        refused(deployment.client().get(&path(token)));
        refused(deployment.client().post_empty(&path(token)));
    }
}

#[test]
fn a_disabled_users_link_is_refused_and_not_used_up() {
    let deployment = Deployment::shared();
    let number = postern_suite::unique();
    let body = json!({
        "username": format!("off{number}"), "email": format!("off{number}@example.com"),
        "disabled": true,
    });
    let user = deployment.admin.client.post("/api/users", &body).expect(201).json;
    let token = deployment.new_link(&user);
    let reply = deployment.client().post_empty(&path(&token)).expect(403);
    assert_eq!(reply.code(), "user_disabled");
    assert_eq!(links_of(deployment, &user)[0]["state"], "active");
}

#[test]
fn a_links_token_is_shown_once_and_has_at_least_128_bits() {
    let deployment = Deployment::shared();
    let user = deployment.new_user();
    let token = deployment.new_link(&user);
    assert!(token.len() * 6 >= 128, "{token}");
    let listed = links_of(deployment, &user)[0].to_string();
    assert!(!listed.contains(&token));
    assert_ne!(token, deployment.new_link(&user));
}

#[test]
fn lifetimes_are_checked_by_name() {
    let deployment = Deployment::shared();
    let user = deployment.new_user();
    for ttl in [json!(1), json!(-1), json!("soon"), json!(2_678_401), json!("")] {
        let reply = deployment.mint(&user, &json!({ "ttl": ttl })).expect(400);
        assert_eq!(reply.json["details"]["fields"][0]["field"], "ttl", "{ttl}");
    }
    let reply = deployment.mint(&user, &json!({ "ttl": { "hours": 1 } })).expect(400);
    assert_eq!(reply.code(), "invalid_request_body");
    assert!(links_of(deployment, &user).is_empty());
}

#[test]
fn only_administrators_make_list_and_revoke_links() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let links = format!("/api/users/{}/one-time-access-tokens", person.id());
    let mint = format!("/api/users/{}/one-time-access-token", person.id());
    assert_eq!(person.client.post(&mint, &json!({})).expect(403).code(), "forbidden");
    assert_eq!(person.client.get(&links).expect(403).code(), "forbidden");
    assert_eq!(
        person.client.delete(&format!("{links}/{}", person.id())).expect(403).code(),
        "forbidden"
    );
}

#[test]
fn links_of_nobody_are_not_found() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    for id in ["00000000-0000-4000-8000-000000000000", "not-a-uuid"] {
        let mint = admin.post(&format!("/api/users/{id}/one-time-access-token"), &json!({}));
        assert_eq!(mint.expect(404).code(), "user_not_found");
        let links = format!("/api/users/{id}/one-time-access-tokens");
        assert_eq!(admin.get(&links).expect(404).code(), "user_not_found");
        assert_eq!(admin.delete(&format!("{links}/{id}")).expect(404).code(), "not_found");
    }
}

#[test]
fn pages_of_links_follow_each_other_by_cursor() {
    let deployment = Deployment::shared();
    let user = deployment.new_user();
    for _ in 0..5 {
        let _ = deployment.new_link(&user);
    }
    let path = format!("/api/users/{}/one-time-access-tokens", user["id"].as_str().expect("an id"));
    let (mut met, mut cursor) = (Vec::new(), String::new());
    loop {
        let query = format!("{path}?pagination[limit]=2{cursor}");
        let page = deployment.admin.client.get(&query).expect(200).json;
        met.extend(page["data"].as_array().expect("a list").iter().map(|link| link["id"].clone()));
        let Some(next) = page["nextCursor"].as_str() else { break };
        cursor = format!("&pagination[cursor]={next}");
    }
    let all: Vec<_> = links_of(deployment, &user).iter().map(|link| link["id"].clone()).collect();
    assert_eq!((met.len(), met), (5, all));
}

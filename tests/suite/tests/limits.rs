//! Limits in force. Runs on the deployment that `POSTERN_URL` names (made for this), else natively.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

use postern_suite::{Client, Deployment, SETUP_TOKEN};
use std::sync::OnceLock;

fn setup_token() -> String {
    std::env::var("POSTERN_SETUP_TOKEN").unwrap_or_else(|_| SETUP_TOKEN.to_owned())
}

fn deployment() -> &'static Deployment {
    static LIMITED: OnceLock<Deployment> = OnceLock::new();
    LIMITED.get_or_init(|| match std::env::var("POSTERN_URL") {
        Ok(url) => Deployment::set_up(&url, &setup_token()),
        Err(_) => Deployment::native("on"),
    })
}

/// How many of `count` requests at once are let through; the others must be 429 with a wait.
fn admitted(client: &Client, count: usize, path: &str, method: &'static str) -> usize {
    let attempts: Vec<_> = (0..count)
        .map(|_| (client.clone(), path.to_owned()))
        .map(|(client, path)| std::thread::spawn(move || client.send(method, &path, None)))
        .collect();
    let replies = attempts.into_iter().map(|attempt| attempt.join().expect("no panic"));
    let (limited, admitted): (Vec<_>, Vec<_>) = replies.partition(|reply| reply.status == 429);
    for reply in limited {
        assert_eq!(reply.code(), "rate_limited");
        assert_eq!(reply.text_of("error"), "Too many requests");
        let wait: u32 = reply.header("retry-after").parse().expect("whole seconds");
        assert!((1..=60).contains(&wait), "{wait}");
    }
    admitted.len()
}

#[test]
fn redemptions_of_one_address_are_limited_exactly() {
    let path = "/api/one-time-access-token/AAAAAAAAAAAAAAAAAAAAAAAA";
    assert_eq!(admitted(&deployment().client(), 30, path, "POST"), 5);
    let one_more = deployment().client();
    assert_eq!(one_more.post_empty(path).status, 401, "another address is not affected");
}

#[test]
fn a_refused_redemption_does_not_use_the_link_up() {
    let deployment = deployment();
    let token = deployment.new_link(&deployment.new_user());
    let client = deployment.client();
    let wrong = "/api/one-time-access-token/AAAAAAAAAAAAAAAAAAAAAAAA";
    for _ in 0..5 {
        let _ = client.post_empty(wrong).expect(401);
    }
    let path = format!("/api/one-time-access-token/{token}");
    let _ = client.post_empty(&path).expect(429);
    let _ = deployment.client().post_empty(&path).expect(200);
}

#[test]
fn beginning_to_sign_in_is_limited() {
    let begun = admitted(&deployment().client(), 60, "/api/webauthn/login/start", "GET");
    assert!((30..=33).contains(&begun), "{begun}");
}

#[test]
fn re_authentication_is_limited() {
    let client = deployment().newcomer().client;
    assert_eq!(admitted(&client, 12, "/api/webauthn/reauthenticate", "POST"), 5);
    let one_more = deployment().newcomer().client;
    let _ = one_more.post_empty("/api/webauthn/reauthenticate").expect(204);
}

#[test]
fn a_limited_set_up_says_nothing_about_its_token() {
    let client = deployment().client();
    let guess = |token: &str| {
        let body =
            serde_json::json!({ "username": "x", "email": "x@example.com", "setupToken": token });
        client.post("/api/signup/setup", &body).status
    };
    let statuses: Vec<_> = (0..12).map(|number| guess(&format!("guess{number}"))).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 403).count(), 10);
    assert_eq!(guess(&setup_token()), 429);
}

/// How many of these requests one after another are let through; the others must be 429 with a wait of
/// minutes at most.
fn asked(requests: impl Iterator<Item = (Client, String)>) -> usize {
    let replies = requests.map(|(client, email)| {
        client.post("/api/one-time-access-email", &serde_json::json!({ "email": email }))
    });
    let (limited, admitted): (Vec<_>, Vec<_>) = replies.partition(|reply| reply.status == 429);
    for reply in limited {
        assert!(reply.headers.get("set-cookie").is_none());
        let wait: u32 = reply.header("retry-after").parse().expect("whole seconds");
        assert!((1..=300).contains(&wait), "{wait}");
    }
    assert!(admitted.iter().all(|reply| reply.status == 204));
    admitted.len()
}

#[test]
fn asking_for_links_by_mail_is_limited_a_network_and_an_address_known_or_not() {
    let deployment = deployment();
    let on = serde_json::json!({ "emailOneTimeAccessAsUnauthenticatedEnabled": "true" });
    let _ = deployment.admin.client.put("/api/application-configuration", &on).expect(200);
    let client = deployment.client();
    let different = (0..12).map(|n| (client.clone(), format!("many{n}@example.com")));
    assert_eq!(asked(different), 5, "from one network");
    let user = deployment.new_user();
    let known = user["email"].as_str().expect("an address").to_owned();
    for email in [known.as_str(), "unknown@example.com"] {
        let same = (0..12).map(|n| {
            let email = if n % 2 == 0 { email.to_owned() } else { email.to_uppercase() };
            (deployment.client(), email)
        });
        assert_eq!(asked(same), 3, "for {email}");
    }
}

#[test]
fn a_bot_that_signs_up_a_thousand_times_gets_ten_accounts_and_no_half_one() {
    let deployment = deployment();
    let token = deployment.new_signup_token(1000);
    let bot = deployment.client();
    let posts: Vec<_> = (0..10)
        .map(|_| (bot.clone(), token["token"].clone()))
        .map(|(bot, token)| {
            std::thread::spawn(move || {
                let post = |_| bot.post("/api/signup", &Deployment::application(&token));
                (0..100).map(post).collect::<Vec<_>>()
            })
        })
        .collect();
    let replies: Vec<_> =
        posts.into_iter().flat_map(|post| post.join().expect("no panic")).collect();
    let made = replies.iter().filter(|reply| reply.status == 201).count();
    assert!((10..=12).contains(&made), "ten at once, then two a minute: {made}");
    for reply in replies.iter().filter(|reply| reply.status != 201) {
        assert_eq!((reply.status, reply.code()), (429, "rate_limited"));
        assert!(reply.header("retry-after").parse::<u32>().expect("whole seconds") >= 1);
    }
    let path = format!("/api/signup-tokens/{}/uses", token["id"].as_str().expect("an id"));
    let uses = deployment.admin.client.get(&path).expect(200).json;
    assert_eq!(uses["pagination"]["totalItems"], made);
    let neighbour = deployment.client();
    let body = Deployment::application(&token["token"]);
    let _ = neighbour.post("/api/signup", &body).expect(201);
}

#[test]
fn a_limited_sign_up_says_nothing_about_its_token_or_names() {
    let deployment = deployment();
    let token = deployment.new_signup_token(1);
    let client = deployment.client();
    for _ in 0..10 {
        let unknown = Deployment::application(&serde_json::json!("AAAAAAAAAAAAAAAAAAAAAAAA"));
        let _ = client.post("/api/signup", &unknown).expect(401);
    }
    let mut body = Deployment::application(&token["token"]);
    let _ = client.post("/api/signup", &body).expect(429);
    body["username"] = deployment.admin.user["username"].clone();
    let _ = client.post("/api/signup", &body).expect(429);
    let _ = client.post("/api/signup", &serde_json::json!({})).expect(429);
}

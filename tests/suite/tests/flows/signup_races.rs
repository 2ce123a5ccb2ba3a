//! Many who sign up at once.

use std::time::Duration;

use postern_suite::{Client, Deployment, Reply};
use serde_json::Value;

use crate::signup::{by_default, sign_up, text, uses};

/// Comes again when the database is busy, as clients are told to: two hundred wait for one lock.
fn patiently(client: &Client, body: &Value) -> Reply {
    for _ in 0..20 {
        let reply = sign_up(client, body);
        if reply.status != 503 {
            return reply;
        }
        let seconds = reply.header("retry-after").parse().expect("busy says when to come again");
        std::thread::sleep(Duration::from_secs(seconds));
    }
    sign_up(client, body)
}

/// Sends all of these at once.
fn at_once(deployment: &Deployment, bodies: Vec<Value>) -> Vec<(Reply, Client)> {
    let attempts: Vec<_> = bodies
        .into_iter()
        .map(|body| (deployment.client(), body))
        .map(|(client, body)| std::thread::spawn(move || (patiently(&client, &body), client)))
        .collect();
    attempts.into_iter().map(|attempt| attempt.join().expect("no panic")).collect()
}

fn count(replies: &[(Reply, Client)], status: u16) -> usize {
    replies.iter().filter(|(reply, _)| reply.status == status).count()
}

#[test]
fn of_two_hundred_on_a_token_with_fifty_uses_fifty_get_an_account() {
    let (_configured, deployment) = (by_default(), Deployment::shared());
    let token = deployment.new_signup_token(50);
    let bodies = (0..200).map(|_| Deployment::application(&token["token"])).collect();
    let replies = at_once(deployment, bodies);
    assert_eq!((count(&replies, 201), count(&replies, 401)), (50, 150));
    let used = uses(deployment, &token);
    assert_eq!(used.len(), 50);
    for (reply, client) in &replies {
        let is_used = used.iter().any(|used| used["userId"] == reply.json["id"]);
        assert_eq!(is_used, reply.status == 201);
        assert_eq!(client.get("/api/users/me").status, if is_used { 200 } else { 401 });
    }
    let listed = deployment.admin.client.get("/api/signup-tokens?pagination[limit]=100");
    let listed = listed.expect(200).json["data"].clone();
    let listed = listed.as_array().expect("a list").iter().find(|one| one["id"] == token["id"]);
    let listed = listed.expect("the token is listed");
    assert_eq!((&listed["usageCount"], text(&listed["state"])), (&50.into(), "usedUp"));
}

#[test]
fn of_many_with_one_name_at_once_one_gets_it_and_the_others_cost_no_use() {
    let (_configured, deployment) = (by_default(), Deployment::shared());
    let token = deployment.new_signup_token(20);
    let body = Deployment::application(&token["token"]);
    let replies = at_once(deployment, vec![body; 20]);
    assert_eq!((count(&replies, 201), count(&replies, 409)), (1, 19));
    assert_eq!(uses(deployment, &token).len(), 1);
}

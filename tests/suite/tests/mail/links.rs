//! Links that an administrator mails, and what stops a mail.

use postern_suite::mail_server::{Behaviour, MailServer};
use serde_json::{Value, json};

use super::asking::{ask, mailed_token, redeem};
use super::{Mailing, email_of, id_of, mailing_by, mailing_everything};

fn path(user: &Value) -> String {
    format!("/api/users/{}/one-time-access-email", id_of(user))
}

fn links(user: &Value) -> String {
    format!("/api/users/{}/one-time-access-tokens", id_of(user))
}

fn newest_link(mailing: &Mailing, user: &Value) -> Value {
    mailing.admin.get(&links(user)).expect(200).json["data"][0].clone()
}

#[test]
fn an_administrator_mails_a_link_that_works_in_any_browser() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let admin = &mailing.deployment.admin;
    let _ = admin.client.post(&path(&user), &json!({ "ttl": "12h" })).expect(204);
    let listed = newest_link(&mailing, &user);
    assert_eq!((&listed["mailed"], &listed["deviceBound"]), (&json!(true), &json!(false)));
    assert_eq!(listed["createdBy"]["username"], admin.user["username"]);
    let entry = &mailing.entries("ONE_TIME_LINK_CREATED")[0];
    assert_eq!(entry["actorUsername"], admin.user["username"]);
    assert_eq!(entry["data"]["sentTo"], user["email"]);
    assert_eq!(entry["data"]["linkId"], listed["id"]);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let text = &server.taken_for(email_of(&user))[0].text;
    assert!(text.contains(admin.user["displayName"].as_str().expect("a name")), "{text}");
    let token = mailed_token(&server, &user);
    let client = mailing.deployment.client();
    let shown = client.get(&format!("/api/one-time-access-token/{token}")).expect(200).json;
    assert_eq!(
        (&shown["deviceBound"], &shown["thisDevice"], &shown["code"]),
        (&json!(false), &json!(true), &json!(null))
    );
    mailing.clock.forward_seconds(12 * 3600 - 10);
    let _ = redeem(&client, &token).expect(200);
}

#[test]
fn what_stands_against_a_mailed_link_is_said_and_nothing_is_made() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    let user = mailing.deployment.new_user();
    let admin = &mailing.admin;
    let reply = admin.post(&path(&user), &json!({})).expect(403);
    assert_eq!(reply.code(), "one_time_access_disabled");
    mailing.configure(&json!({
        "emailOneTimeAccessAsAdminEnabled": "true", "requireUserEmail": "false",
    }));
    let plain = json!({ "username": "plain", "firstName": "Pia" });
    let plain = admin.post("/api/users", &plain).expect(201).json;
    assert_eq!(admin.post(&path(&plain), &json!({})).expect(409).code(), "user_email_not_set");
    for id in ["00000000-0000-4000-8000-000000000000", "nobody"] {
        let reply = admin.post(&path(&json!({ "id": id })), &json!({})).expect(404);
        assert_eq!(reply.code(), "user_not_found");
    }
    let reply = admin.post(&path(&user), &json!({ "ttl": 1 })).expect(400);
    assert_eq!(reply.json["details"]["fields"][0]["field"], "ttl");
    let person = mailing.deployment.newcomer();
    assert_eq!(person.client.post(&path(&user), &json!({})).expect(403).code(), "forbidden");
    let _ = mailing.deployment.client().post(&path(&user), &json!({})).expect(401);
    for user in [&user, &plain] {
        assert!(newest_link(&mailing, user).is_null() && mailing.mails(user).is_empty());
    }
    let _ = admin.post(&path(&user), &json!({})).expect(204);
}

#[test]
fn a_link_asked_for_is_refused_elsewhere_and_not_used_up() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let client = mailing.deployment.client();
    let _ = ask(&client, email_of(&user)).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let token = mailed_token(&server, &user);
    let elsewhere = mailing.deployment.client();
    for cookie in [None, Some("AAAAAAAAAAAAAAAAAAAAAAAA"), Some("x"), Some("")] {
        if let Some(cookie) = cookie {
            elsewhere.set_cookie("device_token", cookie);
        }
        let reply = redeem(&elsewhere, &token).expect(401);
        assert_eq!(reply.code(), "device_code_invalid");
        assert_eq!(
            reply.text_of("error"),
            "One-time access code must be used on the device it was generated for"
        );
    }
    let entry = &mailing.entries("TOKEN_SIGN_IN_FAILED")[0];
    assert_eq!((&entry["data"]["reason"], &entry["userID"]), (&json!("other_device"), &user["id"]));
    assert_eq!(newest_link(&mailing, &user)["state"], "active");
    let _ = redeem(&client, &token).expect(200);
}

#[test]
fn a_mail_whose_link_was_revoked_or_redeemed_is_not_sent() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let _ = mailing.admin.post(&path(&user), &json!({})).expect(204);
    let link = newest_link(&mailing, &user)["id"].as_str().expect("an id").to_owned();
    let _ = mailing.admin.delete(&format!("{}/{link}", links(&user))).expect(204);
    assert_eq!(mailing.dispatch(), json!({ "sent": 0, "ended": 1, "postponed": 0 }));
    assert_eq!(mailing.mail(&user)["state"], "expired");
    assert!(server.taken().is_empty());
    // One that waits for its next attempt while its link is used: the first attempt reached somebody.
    server.behave(Behaviour::TakingSilently);
    let _ = mailing.admin.post(&path(&user), &json!({})).expect(204);
    let _ = mailing.dispatch();
    let token = mailed_token(&server, &user);
    let _ = redeem(&mailing.deployment.client(), &token).expect(200);
    server.behave(Behaviour::Obliging);
    let _ = mailing.dispatch_later();
    assert_eq!(server.taken_for(email_of(&user)).len(), 1);
}

#[test]
fn a_mail_whose_link_is_over_is_not_sent_again() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let _ = mailing.admin.post(&path(&user), &json!({ "ttl": "24h" })).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let _ = redeem(&mailing.deployment.client(), &mailed_token(&server, &user)).expect(200);
    let mail = mailing.mail(&user)["id"].as_str().expect("an id").to_owned();
    let again = format!("/api/users/{}/emails/{mail}/resend", id_of(&user));
    assert_eq!(mailing.admin.post_empty(&again).expect(409).code(), "email_expired");
}

#[test]
fn a_link_mailed_to_an_address_that_was_taken_off_the_account_is_over() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let change = |email: &str| {
        let mut form = user.clone();
        form["email"] = json!(email);
        let _ = mailing.admin.put(&format!("/api/users/{}", id_of(&user)), &form).expect(200);
    };
    let by_hand = mailing.deployment.new_link(&user);
    let client = mailing.deployment.client();
    let _ = ask(&client, email_of(&user)).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let token = mailed_token(&server, &user);
    // Another letter case is the same address; another is not.
    change(&email_of(&user).to_uppercase());
    assert_eq!(newest_link(&mailing, &user)["state"], "active");
    let _ = mailing.admin.post(&path(&user), &json!({})).expect(204);
    change("elsewhere@example.com");
    let _ = redeem(&client, &token).expect(401);
    assert_eq!(newest_link(&mailing, &user)["state"], "revoked");
    let waiting = mailing.mails(&user)[0]["id"].as_str().expect("an id").to_owned();
    let now = format!("/api/users/{}/emails/{waiting}/resend", id_of(&user));
    assert_eq!(mailing.admin.post_empty(&now).expect(409).code(), "email_expired");
    assert_eq!(mailing.dispatch(), json!({ "sent": 0, "ended": 1, "postponed": 0 }));
    assert_eq!(server.taken().len(), 1);
    let _ = redeem(&mailing.deployment.client(), &by_hand).expect(200);
}

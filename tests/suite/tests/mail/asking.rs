//! Somebody without a passkey asks for a link on the sign-in page.

use postern_suite::mail_server::{Behaviour, MailServer};
use postern_suite::{Client, Reply};
use serde_json::{Value, json};

use super::{Mailing, after, email_of, id_of, mailing_by, mailing_everything};

pub(super) const ASK: &str = "/api/one-time-access-email";

pub(super) fn ask(client: &Client, email: &str) -> Reply {
    client.post(ASK, &json!({ "email": email }))
}

/// The token in the newest mail to somebody.
pub(super) fn mailed_token(server: &MailServer, user: &Value) -> String {
    after(&server.taken_for(email_of(user)).last().expect("a mail").text, "/lc/")
}

pub(super) fn redeem(client: &Client, token: &str) -> Reply {
    client.post_empty(&format!("/api/one-time-access-token/{token}"))
}

fn links_of(mailing: &Mailing, user: &Value) -> Vec<Value> {
    let path = format!("/api/users/{}/one-time-access-tokens", id_of(user));
    mailing.admin.get(&path).expect(200).json["data"].as_array().expect("a list").clone()
}

#[test]
fn the_way_from_the_sign_in_page_to_a_session() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let client = mailing.deployment.client();
    let reply = ask(&client, &email_of(&user).to_uppercase()).expect(204);
    assert_eq!(reply.text, "");
    let cookie = reply.header("set-cookie");
    let (value, attributes) = cookie.split_once(';').expect("attributes");
    assert_eq!(value.strip_prefix("device_token=").map(str::len), Some(24), "{cookie}");
    assert_eq!(
        attributes,
        " Path=/api/one-time-access-token; Max-Age=900; HttpOnly; Secure; SameSite=Lax"
    );
    let listed = &links_of(&mailing, &user)[0];
    assert_eq!((&listed["mailed"], &listed["deviceBound"]), (&json!(true), &json!(true)));
    assert_eq!(listed["createdBy"]["id"], user["id"]);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let token = mailed_token(&server, &user);
    let path = format!("/api/one-time-access-token/{token}");
    let shown = client.get(&path).expect(200).json;
    assert_eq!(
        shown,
        json!({
            "displayName": user["displayName"], "username": user["username"],
            "expiresAt": listed["expiresAt"], "deviceBound": true, "thisDevice": true, "code": null,
        })
    );
    let redeemed = redeem(&client, &token).expect(200);
    assert_eq!(redeemed.json["id"], user["id"]);
    assert!(client.cookie("device_token").is_none(), "it has served");
    let _ = client.get("/api/users/me").expect(200);
    let entry = &mailing.entries("ONE_TIME_LINK_REQUESTED")[0];
    assert_eq!(entry["userID"], user["id"]);
    assert_eq!(entry["data"]["linkId"], listed["id"]);
    assert_eq!(entry["actorUsername"], json!(null), "nobody has signed in");
}

#[test]
fn nobody_learns_who_has_an_account() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let known = mailing.deployment.new_user();
    let directory = mailing.deployment.new_user();
    let disabled = mailing.deployment.new_user();
    let change = format!(
        "UPDATE users SET disabled = 1 WHERE id = '{}'; \
         UPDATE users SET ldap_id = 'uid=una' WHERE id = '{}'",
        id_of(&disabled),
        id_of(&directory)
    );
    mailing.database.migrate(&change).expect("users");
    let shape = |email: &str| {
        let reply = ask(&mailing.deployment.client(), email).expect(204);
        let mut headers: Vec<(String, String)> = reply
            .headers
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "x-request-id" | "date"))
            .map(|(name, value)| (name.to_string(), value.to_str().expect("ASCII").to_owned()))
            .map(|(name, value)| {
                let token = value.strip_prefix("device_token=").and_then(|it| it.get(..24));
                let value = token.map_or(value.clone(), |token| value.replace(token, "…"));
                (name, value)
            })
            .collect();
        headers.sort();
        assert!(headers.iter().any(|(_, value)| value.contains('…')), "{headers:?}");
        (reply.bytes, headers)
    };
    let first = shape("nobody@example.com");
    for email in [&known, &directory, &disabled].map(email_of) {
        assert_eq!(shape(email), first, "{email}");
    }
    assert_eq!(mailing.dispatch()["sent"], 2, "to who is enabled");
    assert!(server.taken_for(email_of(&disabled)).is_empty());
    assert_eq!(server.taken_for(email_of(&directory)).len(), 1);
    assert_eq!(mailing.entries("ONE_TIME_LINK_REQUESTED").len(), 2);
}

#[test]
fn a_link_leads_on_only_within_the_deployment() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    for (path, expected) in [
        (
            json!("/settings/audit-log?a=1&b=ü"),
            Some("?redirect=%2Fsettings%2Faudit-log%3Fa%3D1%26b%3D%C3%BC"),
        ),
        (json!("//evil.example"), None),
        (json!("/\\evil.example"), None),
        (json!("https://evil.example"), None),
        (json!(""), None),
        (json!(null), None),
    ] {
        let body = json!({ "email": email_of(&user), "redirectPath": path });
        let _ = mailing.deployment.client().post(ASK, &body).expect(204);
        assert_eq!(mailing.dispatch()["sent"], 1);
        let mails = server.taken_for(email_of(&user));
        let text = mails.last().expect("a mail").text.replace("=\r\n", "").replace("=3D", "=");
        assert_eq!(text.contains("?redirect="), expected.is_some(), "{path}");
        assert!(text.contains(expected.unwrap_or("/lc/")), "{path}: {text}");
        assert!(!text.contains("evil"), "{path}");
    }
}

#[test]
fn no_link_is_mailed_while_that_is_switched_off() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    let user = mailing.deployment.new_user();
    let client = mailing.deployment.client();
    for email in [email_of(&user), "nobody@example.com"] {
        let reply = ask(&client, email).expect(403);
        assert_eq!(reply.code(), "one_time_access_disabled");
        assert_eq!(reply.header("set-cookie"), "");
    }
    assert!(links_of(&mailing, &user).is_empty() && mailing.mails(&user).is_empty());
    assert!(mailing.entries("ONE_TIME_LINK_REQUESTED").is_empty());
}

#[test]
fn what_is_no_address_is_refused_by_name() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let client = mailing.deployment.client();
    let long = format!("{}@example.com", "x".repeat(65));
    for email in [
        json!(null),
        json!(""),
        json!("una"),
        json!("una@example.com\r\nBcc: eve@example.com"),
        json!("una@example.com,eve@example.com"),
        json!(long),
    ] {
        let reply = client.post(ASK, &json!({ "email": email })).expect(400);
        assert_eq!(reply.json["details"]["fields"][0]["field"], "email", "{email}");
        assert_eq!(reply.header("set-cookie"), "");
    }
    let _ = client.post(ASK, &json!({})).expect(400);
    assert_eq!(client.post(ASK, &json!({ "email": 7 })).expect(400).code(), "invalid_request_body");
    let _ = ask(&client, "jörg@müller.example").expect(204);
}

#[test]
fn a_link_is_over_fifteen_minutes_after_it_was_asked_for_and_its_mail_with_it() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let (user, late) = (mailing.deployment.new_user(), mailing.deployment.new_user());
    let client = mailing.deployment.client();
    let _ = ask(&client, email_of(&user)).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let token = mailed_token(&server, &user);
    mailing.clock.forward_seconds(15 * 60 - 2);
    let _ = client.get(&format!("/api/one-time-access-token/{token}")).expect(200);
    let _ = ask(&mailing.deployment.client(), email_of(&late)).expect(204);
    mailing.clock.forward_seconds(15 * 60 + 1);
    assert_eq!(redeem(&client, &token).expect(401).code(), "token_invalid_or_expired");
    assert_eq!(mailing.dispatch(), json!({ "sent": 0, "ended": 1, "postponed": 0 }));
    assert_eq!(mailing.mail(&late)["state"], "expired");
    assert!(server.taken_for(email_of(&late)).is_empty());
}

//! A user proves that an address is theirs.

use postern_suite::mail_server::{Behaviour, MailServer};
use postern_suite::{Client, Person, Reply};
use serde_json::json;

use super::{Mailing, after, email_of, mailing_by, mailing_everything};

pub(super) const SEND: &str = "/api/users/me/send-email-verification";
pub(super) const VERIFY: &str = "/api/users/me/verify-email";

pub(super) fn verify(client: &Client, token: &str) -> Reply {
    client.post(VERIFY, &json!({ "token": token }))
}

fn refused(reply: Reply) {
    let reply = reply.expect(400);
    assert_eq!(reply.code(), "invalid_email_verification_token");
    assert_eq!(reply.text_of("error"), "Email verification token is invalid");
}

fn mailed_token(server: &MailServer, person: &Person) -> String {
    let mails = server.taken_for(email_of(&person.user));
    after(&mails.last().expect("a mail").text, "verify-email?token=")
}

fn is_verified(person: &Person) -> bool {
    person.client.get("/api/users/me").expect(200).json["emailVerified"] == true
}

/// Somebody with a token in their mailbox.
fn asked(server: &MailServer) -> (Mailing, Person, String) {
    let mailing = mailing_everything(server);
    let person = mailing.deployment.newcomer();
    let _ = person.client.post_empty(SEND).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let token = mailed_token(server, &person);
    (mailing, person, token)
}

#[test]
fn the_mailed_token_verifies_the_address_once() {
    let server = MailServer::start(Behaviour::Obliging);
    let (mailing, person, token) = asked(&server);
    assert!(!is_verified(&person));
    assert_eq!(mailing.mail(&person.user)["kind"], "emailVerification");
    let entries = mailing.entries("EMAIL_VERIFICATION_REQUESTED");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["data"], json!({ "email": person.user["email"] }));
    assert_eq!(entries[0]["actorUsername"], person.user["username"]);
    let _ = verify(&person.client, &token).expect(204);
    assert!(is_verified(&person));
    refused(verify(&person.client, &token));
    let entries = mailing.entries("EMAIL_VERIFIED");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0]["data"], json!({ "email": person.user["email"] }));
    assert_eq!(entries[0]["actorUsername"], person.user["username"]);
    let _ = person.client.post_empty(SEND).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 0, "there is nothing left to prove");
    assert_eq!(mailing.entries("EMAIL_VERIFICATION_REQUESTED").len(), 1);
}

#[test]
fn a_token_is_of_its_user_alone() {
    let server = MailServer::start(Behaviour::Obliging);
    let (mailing, person, token) = asked(&server);
    refused(verify(&mailing.deployment.newcomer().client, &token));
    let _ = verify(&mailing.deployment.client(), &token).expect(401);
    let _ = mailing.deployment.client().post_empty(SEND).expect(401);
    assert!(!is_verified(&person));
    let (_, by_key) = person.api_key("Script");
    let _ = verify(&by_key, &token).expect(204);
}

#[test]
fn a_changed_address_needs_a_proof_of_its_own() {
    let server = MailServer::start(Behaviour::Obliging);
    let (_mailing, person, token) = asked(&server);
    let mut form = person.user.clone();
    form["email"] = json!("elsewhere@example.com");
    let _ = person.client.put("/api/users/me", &form).expect(200);
    refused(verify(&person.client, &token));
    assert!(!is_verified(&person));
}

#[test]
fn the_newest_mail_counts_and_an_older_one_is_not_sent_any_more() {
    let server = MailServer::start(Behaviour::Obliging);
    let (mailing, person, first) = asked(&server);
    let _ = person.client.post_empty(SEND).expect(204);
    let _ = person.client.post_empty(SEND).expect(204);
    assert_eq!(mailing.dispatch(), json!({ "sent": 1, "ended": 1, "postponed": 0 }));
    refused(verify(&person.client, &first));
    let _ = verify(&person.client, &mailed_token(&server, &person)).expect(204);
}

#[test]
fn a_proof_is_over_after_a_day() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    mailing.configure(&json!({ "sessionDuration": "43200" }));
    let person = mailing.deployment.newcomer();
    let _ = person.client.post_empty(SEND).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let early = mailed_token(&server, &person);
    mailing.clock.forward_seconds(24 * 3600);
    refused(verify(&person.client, &early));
    let _ = person.client.post_empty(SEND).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    mailing.clock.forward_seconds(24 * 3600 - 10);
    let _ = verify(&person.client, &mailed_token(&server, &person)).expect(204);
}

#[test]
fn what_stands_against_a_proof_is_said() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    let person = mailing.deployment.newcomer();
    let reply = person.client.post_empty(SEND).expect(403);
    assert_eq!(reply.code(), "email_verification_disabled");
    mailing.configure(&json!({
        "emailVerificationEnabled": "true", "requireUserEmail": "false",
    }));
    let plain = json!({ "username": "plain", "firstName": "Pia" });
    let plain = mailing.admin.post("/api/users", &plain).expect(201).json;
    let token = mailing.deployment.new_link(&plain);
    let client = mailing.deployment.client();
    let _ = client.post_empty(&format!("/api/one-time-access-token/{token}")).expect(200);
    assert_eq!(client.post_empty(SEND).expect(409).code(), "user_email_not_set");
    for token in ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAA", "' OR 1=1 --"] {
        refused(verify(&person.client, token));
    }
    refused(person.client.post(VERIFY, &json!({})));
    let reply = person.client.post(VERIFY, &json!({ "token": 7 })).expect(400);
    assert_eq!(reply.code(), "invalid_request_body");
    assert_eq!(mailing.dispatch()["sent"], 0);
}

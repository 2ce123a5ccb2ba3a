//! The test mail, which says in words how far it came.

use postern_suite::Reply;
use postern_suite::mail_server::{Behaviour, MailServer};
use serde_json::{Value, json};

use super::{Mailing, mailing, mailing_by};

fn test(mailing: &Mailing) -> Reply {
    mailing.admin.post_empty("/api/application-configuration/test-email")
}

/// How far a test mail comes that must fail, and what it says.
fn failure(mailing: &Mailing) -> (String, String) {
    let reply = test(mailing).expect(409);
    assert_eq!(reply.code(), "email_not_sent");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    (text(&reply.json["details"]["stage"]), text(&reply.json["details"]["reply"]))
}

#[test]
fn it_goes_to_the_administrator_who_asks_and_is_told_to_the_audit_log() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    assert!(test(&mailing).expect(204).text.is_empty());
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(json!(taken[0].to), mailing.deployment.admin.user["email"]);
    let entry = &mailing.entries("TEST_EMAIL_SENT")[0];
    assert_eq!(
        (&entry["data"]["state"], &entry["data"]["to"]),
        (&json!("sent"), &json!(taken[0].to))
    );
    assert!(mailing.mails(&mailing.deployment.admin.user).is_empty(), "not through the outbox");
}

#[test]
fn each_stage_has_its_name_and_the_servers_words() {
    for (behaviour, settings, stage, words) in [
        (Behaviour::Obliging, json!({ "smtpPort": "1" }), "connect", "refused"),
        (Behaviour::Obliging, json!({ "smtpHost": "no-such-host.invalid" }), "connect", "name"),
        (Behaviour::Later, json!({}), "greeting", "Come later"),
        (Behaviour::NotSmtp, json!({}), "greeting", "does not speak SMTP"),
        (Behaviour::Stripped, json!({ "smtpTls": "starttls" }), "tls", "STARTTLS"),
        (Behaviour::WrongName, json!({ "smtpTls": "starttls" }), "tls", "certificate"),
        (
            Behaviour::WrongPassword,
            json!({ "smtpUser": "postern", "smtpPassword": "wrong" }),
            "authentication",
            "not accepted",
        ),
        (Behaviour::RefusingSender, json!({}), "sender", "may not send"),
        (Behaviour::Refusing, json!({}), "recipient", "No such mailbox"),
        (Behaviour::BusyFor(9), json!({}), "recipient", "Try again"),
        (Behaviour::DroppingText, json!({}), "message", "closed"),
        (Behaviour::TakingSilently, json!({}), "message", "before the server confirmed"),
        (Behaviour::Small, json!({}), "message", "1000 bytes"),
    ] {
        let server = MailServer::start(behaviour);
        let mailing = mailing_by(&server);
        mailing.configure(&settings);
        let (came_to, said) = failure(&mailing);
        assert_eq!(came_to, stage, "{behaviour:?}: {said}");
        assert!(said.to_lowercase().contains(&words.to_lowercase()), "{behaviour:?}: {said}");
        assert_eq!(mailing.entries("TEST_EMAIL_SENT")[0]["data"]["stage"], stage);
    }
}

#[test]
fn a_certificate_that_was_to_be_skipped_is_explained() {
    let server = MailServer::start_tls(Behaviour::WrongName);
    let mailing = mailing_by(&server);
    mailing.configure(&json!({ "smtpTls": "tls", "smtpSkipCertVerify": "true" }));
    let (stage, said) = failure(&mailing);
    assert_eq!(stage, "tls");
    assert!(said.contains("Skip Certificate Verification"), "{said}");
}

#[test]
fn without_settings_it_says_which_is_missing() {
    let mailing = mailing();
    let (stage, said) = failure(&mailing);
    assert_eq!(stage, "settings");
    assert!(said.contains("From"), "{said}");
}

#[test]
fn who_has_no_address_cannot_try() {
    let mailing = mailing();
    mailing.database.migrate("UPDATE users SET email = NULL, email_key = NULL").expect("users");
    assert_eq!(test(&mailing).expect(409).code(), "user_email_not_set");
}

#[test]
fn only_administrators_and_schedulers_with_the_key_may() {
    let mailing = mailing();
    let path = "/api/application-configuration/test-email";
    assert_eq!(mailing.deployment.client().post_empty(path).expect(401).code(), "not_signed_in");
    let person = mailing.deployment.newcomer();
    assert_eq!(person.client.post_empty(path).expect(403).code(), "forbidden");
    let anybody = mailing.deployment.client();
    let _ = anybody.post_empty("/api/scheduled/email").expect(401);
    let wrong = anybody.clone().with_header("authorization", "Bearer wrong");
    let _ = wrong.post_empty("/api/scheduled/email").expect(401);
    let _ = anybody.post_empty("/internal/dispatch").expect(404);
}

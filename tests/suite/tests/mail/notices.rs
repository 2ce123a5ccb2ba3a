//! What users are told without asking: a sign-in from somewhere new, an API key that ends soon.

use platform::Clock as _;
use postern_suite::Client;
use postern_suite::mail_server::{Behaviour, MailServer};
use serde_json::{Value, json};

use super::{Mailing, email_of, mailing_everything};

fn notices(mailing: &Mailing, user: &Value) -> usize {
    mailing.mails(user).iter().filter(|mail| mail["kind"] == "newSignIn").count()
}

#[test]
fn a_sign_in_from_somewhere_new_is_told_once() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let mut person = mailing.deployment.member();
    let (first, second) = (mailing.deployment.client(), mailing.deployment.client());
    for client in [&first, &first] {
        let _ = person.sign_in(client).expect(200);
        assert_eq!(notices(&mailing, &person.user), 0, "the first is nothing new");
    }
    for _ in 0..2 {
        let _ = person.sign_in(&second).expect(200);
        assert_eq!(notices(&mailing, &person.user), 1);
    }
    let phone = Client::new(first.origin(), "198.51.100.9").with_header("user-agent", "curl/8.5");
    let _ = person.sign_in(&phone).expect(200);
    assert_eq!(notices(&mailing, &person.user), 2);
    assert_eq!(mailing.dispatch()["sent"], 2);
    let text = &server.taken_for(email_of(&person.user))[0].text;
    assert!(text.contains("Firefox on Linux"), "{text}");
}

#[test]
fn a_sign_in_that_is_refused_tells_nobody_and_knows_nothing() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let mut person = mailing.deployment.member();
    let _ = person.sign_in(&mailing.deployment.client()).expect(200);
    let stranger = mailing.deployment.client();
    let mut response = person.assertion(&stranger);
    response["response"]["signature"] = json!("AAAA");
    let _ = stranger.post("/api/webauthn/login/finish", &response).expect(401);
    assert_eq!(notices(&mailing, &person.user), 0);
    let _ = person.sign_in(&stranger).expect(200);
    assert_eq!(notices(&mailing, &person.user), 1);
}

#[test]
fn devices_are_known_from_before_the_notice_was_switched_on() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    mailing.configure(&json!({ "emailLoginNotificationEnabled": "false" }));
    let mut person = mailing.deployment.member();
    let (first, second) = (mailing.deployment.client(), mailing.deployment.client());
    let _ = person.sign_in(&first).expect(200);
    let _ = person.sign_in(&second).expect(200);
    mailing.configure(&json!({ "emailLoginNotificationEnabled": "true" }));
    let _ = person.sign_in(&second).expect(200);
    assert_eq!(notices(&mailing, &person.user), 0);
}

#[test]
fn two_sign_ins_at_once_from_one_new_device_are_told_once() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let mut person = mailing.deployment.member();
    let _ = person.sign_in(&mailing.deployment.client()).expect(200);
    let attempts: Vec<_> = (0..2)
        .map(|_| {
            let client = Client::new(&mailing.deployment.base_url, "10.77.77.77");
            (person.assertion(&client), client)
        })
        .map(|(response, client)| {
            std::thread::spawn(move || client.post("/api/webauthn/login/finish", &response).status)
        })
        .collect();
    for attempt in attempts {
        let status = attempt.join().expect("no panic");
        assert!(matches!(status, 200 | 401), "{status}");
    }
    assert_eq!(notices(&mailing, &person.user), 1);
}

#[test]
fn devices_not_seen_for_half_a_year_are_forgotten() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let mut person = mailing.deployment.member();
    let (first, second) = (mailing.deployment.client(), mailing.deployment.client());
    let _ = person.sign_in(&first).expect(200);
    mailing.clock.forward_seconds(181 * 86_400);
    let _ = person.sign_in(&second).expect(200);
    let known = "SELECT count(*) FROM known_devices WHERE user_id > ''";
    assert_eq!(mailing.number(known), 1);
    let _ = person.sign_in(&first).expect(200);
    assert_eq!(notices(&mailing, &person.user), 2);
}

fn in_days(mailing: &Mailing, days: i64) -> String {
    let now = domain::Timestamp::from_ms(mailing.clock.now_ms());
    now.plus_ms(days * 86_400_000).to_rfc3339().expect("a moment")
}

fn key(mailing: &Mailing, client: &Client, name: &str, days: i64) {
    let body = json!({ "name": name, "expiresAt": in_days(mailing, days) });
    let _ = client.post("/api/api-keys", &body).expect(201);
}

#[test]
fn an_api_key_that_ends_within_a_week_is_told_once() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let person = mailing.deployment.newcomer();
    let (_, by_key) = person.api_key("Lasting");
    key(&mailing, &person.client, "Backups", 10);
    key(&mailing, &person.client, "For a trial", 5);
    let sent = |name: &str| {
        let keys = by_key.get("/api/api-keys").expect(200).json["data"].clone();
        let keys = keys.as_array().expect("a list").clone();
        keys.into_iter().find(|key| key["name"] == name).expect("the key")["expirationEmailSent"]
            .clone()
    };
    assert_eq!(mailing.dispatch()["sent"], 0, "too early");
    mailing.clock.forward_seconds(3 * 86_400 + 60);
    assert_eq!(mailing.dispatch()["sent"], 1);
    assert_eq!(mailing.dispatch()["sent"], 0);
    let taken = server.taken_for(email_of(&person.user));
    assert!(taken.len() == 1 && taken[0].text.contains("Backups"));
    assert_eq!((sent("Backups"), sent("For a trial"), sent("Lasting")), {
        (json!(true), json!(false), json!(false))
    });
}

#[test]
fn no_notice_of_keys_while_it_is_switched_off_or_to_who_is_disabled() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    mailing.configure(&json!({ "emailApiKeyExpirationEnabled": "false" }));
    let person = mailing.deployment.newcomer();
    key(&mailing, &person.client, "Backups", 8);
    mailing.clock.forward_seconds(2 * 86_400);
    assert_eq!(mailing.dispatch()["sent"], 0);
    mailing.configure(&json!({ "emailApiKeyExpirationEnabled": "true" }));
    let disable = |disabled: u8| {
        let sql = format!("UPDATE users SET disabled = {disabled} WHERE id = '{}'", person.id());
        mailing.database.migrate(&sql).expect("the user");
    };
    disable(1);
    assert_eq!(mailing.dispatch()["sent"], 0);
    disable(0);
    assert_eq!(mailing.dispatch()["sent"], 1);
}

#[test]
fn many_keys_at_once_are_told_a_score_a_run() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let person = mailing.deployment.newcomer();
    for number in 0..25 {
        key(&mailing, &person.client, &format!("Key {number}"), 8);
    }
    mailing.clock.forward_seconds(2 * 86_400);
    assert_eq!(mailing.dispatch()["sent"], 20);
    assert_eq!(mailing.dispatch()["sent"], 5);
    assert_eq!(mailing.dispatch()["sent"], 0);
}

//! A link asked for on one device and opened on another: the code to type.

use postern_suite::mail_server::{Behaviour, MailServer};
use postern_suite::{Client, Reply};
use serde_json::{Value, json};

use super::asking::{ask, mailed_token, redeem};
use super::{Mailing, email_of, id_of, mailing_everything};

/// Somebody who has asked in `laptop` and opened the mail elsewhere.
struct Asked {
    mailing: Mailing,
    user: Value,
    laptop: Client,
    token: String,
    code: String,
}

fn asked() -> Asked {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let laptop = mailing.deployment.client();
    let _ = ask(&laptop, email_of(&user)).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let token = mailed_token(&server, &user);
    let phone = mailing.deployment.client();
    let shown = phone.get(&format!("/api/one-time-access-token/{token}")).expect(200).json;
    assert_eq!((&shown["deviceBound"], &shown["thisDevice"]), (&json!(true), &json!(false)));
    let code = shown["code"].as_str().expect("a code").to_owned();
    assert_eq!((code.len(), code.find('-')), (9, Some(4)));
    assert!(server.taken()[0].text.contains(&code), "the mail shows the same code");
    Asked { mailing, user, laptop, token, code }
}

impl Asked {
    fn state(&self) -> Value {
        let path = format!("/api/users/{}/one-time-access-tokens", id_of(&self.user));
        self.mailing.admin.get(&path).expect(200).json["data"][0]["state"].clone()
    }

    /// Another code of the same form.
    fn wrong(&self) -> String {
        let turned: String = self.code.chars().rev().collect();
        if turned == self.code { "0000-0000".to_owned() } else { turned }
    }
}

fn refused(reply: Reply, code: &str) {
    assert_eq!(reply.expect(401).code(), code);
}

#[test]
fn a_code_from_the_phone_lets_the_laptop_in_once() {
    let asked = asked();
    let typed = asked.code.to_lowercase().replace('0', "o").replace('1', "l").replace('-', "%20");
    let session = redeem(&asked.laptop, &typed).expect(200);
    assert_eq!(session.json["id"], asked.user["id"]);
    assert_eq!(asked.state(), "redeemed");
    let _ = asked.laptop.get("/api/users/me").expect(200);
    refused(redeem(&asked.laptop, &asked.token), "token_invalid_or_expired");
}

#[test]
fn a_code_is_nothing_without_the_browser_that_asked() {
    let asked = asked();
    let elsewhere = asked.mailing.deployment.client();
    refused(redeem(&elsewhere, &asked.code), "device_code_invalid");
    elsewhere.set_cookie("device_token", "AAAAAAAAAAAAAAAAAAAAAAAA");
    refused(redeem(&elsewhere, &asked.code), "token_invalid_or_expired");
    let other = asked.mailing.deployment.client();
    let _ = ask(&other, "nobody@example.com").expect(204);
    refused(redeem(&other, &asked.code), "token_invalid_or_expired");
    assert_eq!(asked.state(), "active");
    let _ = redeem(&asked.laptop, &asked.code).expect(200);
}

#[test]
fn after_five_wrong_codes_the_code_is_dead_and_the_link_still_works() {
    let asked = asked();
    for _ in 0..5 {
        refused(redeem(&asked.laptop, &asked.wrong()), "token_invalid_or_expired");
    }
    let entries = asked.mailing.entries("TOKEN_SIGN_IN_FAILED");
    assert_eq!(entries.len(), 5);
    assert_eq!(entries[0]["data"]["reason"], "wrong_code");
    refused(redeem(&asked.laptop, &asked.code), "token_invalid_or_expired");
    let path = format!("/api/one-time-access-token/{}", asked.token);
    let shown = asked.mailing.deployment.client().get(&path).expect(200).json;
    assert_eq!(shown["code"], json!(null), "a dead code is not shown any more");
    let _ = redeem(&asked.laptop, &asked.token).expect(200);
}

#[test]
fn of_a_hundred_wrong_codes_at_once_five_are_tried_and_four_leave_the_right_one_alive() {
    let asked = asked();
    for _ in 0..4 {
        refused(redeem(&asked.laptop, &asked.wrong()), "token_invalid_or_expired");
    }
    let _ = redeem(&asked.laptop, &asked.code).expect(200);
    let asked = self::asked();
    let attempts: Vec<_> = (0..100)
        .map(|_| (asked.laptop.clone(), asked.wrong()))
        .map(|(client, code)| std::thread::spawn(move || redeem(&client, &code).status))
        .collect();
    for attempt in attempts {
        let status = attempt.join().expect("no panic");
        assert!(matches!(status, 401 | 503), "{status}");
    }
    let tried = "SELECT code_attempts FROM one_time_links WHERE user_id > ''";
    assert_eq!(asked.mailing.number(tried), 5);
}

#[test]
fn of_a_hundred_right_codes_at_once_one_makes_a_session() {
    let asked = asked();
    let attempts: Vec<_> = (0..100)
        .map(|_| (asked.laptop.clone(), asked.code.clone()))
        .map(|(client, code)| std::thread::spawn(move || redeem(&client, &code).status))
        .collect();
    let statuses: Vec<u16> =
        attempts.into_iter().map(|attempt| attempt.join().expect("no panic")).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    let sessions = "SELECT count(*) FROM sessions WHERE user_id = (\
        SELECT user_id FROM one_time_links WHERE user_id > '')";
    assert_eq!(asked.mailing.number(sessions), 1);
}

#[test]
fn what_is_no_code_counts_as_none() {
    let asked = asked();
    for text in ["1234567", "123456789", "UUUU-UUUU", "%F0%9F%94%91", "1234-567%00"] {
        refused(redeem(&asked.laptop, text), "token_invalid_or_expired");
    }
    let tried = "SELECT code_attempts FROM one_time_links WHERE user_id > ''";
    assert_eq!(asked.mailing.number(tried), 0);
}

#[test]
fn a_code_is_over_with_its_link() {
    let asked = asked();
    asked.mailing.clock.forward_seconds(15 * 60);
    refused(redeem(&asked.laptop, &asked.code), "token_invalid_or_expired");
    let asked = self::asked();
    let disable = format!("UPDATE users SET disabled = 1 WHERE id = '{}'", id_of(&asked.user));
    asked.mailing.database.migrate(&disable).expect("the user");
    assert_eq!(redeem(&asked.laptop, &asked.code).expect(403).code(), "user_disabled");
    assert_eq!(asked.state(), "active");
}

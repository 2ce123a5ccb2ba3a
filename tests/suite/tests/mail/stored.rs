//! What somebody who has the whole database can read: nothing that lets in.

use domain::TypedCode;
use postern_suite::mail_server::{Behaviour, MailServer};
use postern_suite::unique;
use serde_json::json;

use super::addresses::{SEND, verify};
use super::asking::{ask, mailed_token, redeem};
use super::{Mailing, after, email_of, id_of, mailing_everything};

impl Mailing {
    /// The database as it would lie on somebody's disk.
    fn dump(&self) -> Vec<u8> {
        let name = format!("postern-dump-{}-{}.db", std::process::id(), unique());
        let path = std::env::temp_dir().join(name);
        self.database.migrate(&format!("VACUUM INTO '{}'", path.display())).expect("a copy");
        let bytes = std::fs::read(&path).expect("the copy");
        std::fs::remove_file(&path).expect("the copy goes");
        bytes
    }

    fn holds_none_of(&self, secrets: &[&[u8]]) {
        let dump = self.dump();
        for secret in secrets {
            let found = dump.windows(secret.len()).any(|window| window == *secret);
            assert!(!found, "{:?}", String::from_utf8_lossy(secret));
        }
    }
}

#[test]
fn neither_token_nor_code_nor_cookie_of_a_link_is_in_the_database() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let laptop = mailing.deployment.client();
    let _ = ask(&laptop, email_of(&user)).expect(204);
    let cookie = laptop.cookie("device_token").expect("a cookie");
    assert_eq!(mailing.dispatch()["sent"], 1);
    let token = mailed_token(&server, &user);
    let shown = mailing.deployment.client().get(&format!("/api/one-time-access-token/{token}"));
    let code = shown.expect(200).text_of("code");
    let bare = code.replace('-', "");
    let bits = TypedCode::parse(&code).expect("a code");
    let secrets: [&[u8]; 5] =
        [token.as_bytes(), cookie.as_bytes(), code.as_bytes(), bare.as_bytes(), bits.as_bytes()];
    mailing.holds_none_of(&secrets);
    let _ = redeem(&laptop, &code).expect(200);
    mailing.holds_none_of(&secrets);
}

#[test]
fn no_token_of_a_mailed_link_or_a_proof_is_in_the_database() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let person = mailing.deployment.newcomer();
    let path = format!("/api/users/{}/one-time-access-email", id_of(&person.user));
    let _ = mailing.admin.post(&path, &json!({})).expect(204);
    let _ = person.client.post_empty(SEND).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 2);
    let mails = server.taken_for(email_of(&person.user));
    let with = |mark: &str| {
        let mail = mails.iter().find(|mail| mail.text.replace("=\r\n", "").contains(mark));
        mail.expect("the mail").text.clone()
    };
    let link = after(&with("/lc/"), "/lc/");
    let proof = after(&with("/verify-email"), "verify-email?token=");
    mailing.holds_none_of(&[link.as_bytes(), proof.as_bytes()]);
    let _ = verify(&person.client, &proof).expect(204);
    let _ = redeem(&mailing.deployment.client(), &link).expect(200);
    mailing.holds_none_of(&[link.as_bytes(), proof.as_bytes()]);
}

#[test]
fn a_server_that_quotes_the_link_it_refuses_brings_it_neither_into_the_database_nor_to_anybody() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let person = mailing.deployment.newcomer();
    let path = format!("/api/users/{}/one-time-access-email", id_of(&person.user));
    server.behave(Behaviour::Quoting);
    let _ = mailing.admin.post(&path, &json!({})).expect(204);
    let _ = person.client.post_empty(SEND).expect(204);
    assert_eq!(mailing.dispatch()["ended"], 2);
    let replies: Vec<_> = mailing.mails(&person.user).iter().map(|m| m["reply"].clone()).collect();
    let is_kept = |reply: &&serde_json::Value, words: &str| {
        reply.as_str().is_some_and(|reply| reply.starts_with("554") && reply.contains(words))
    };
    for words in ["/lc/… is listed", "/verify-email?token=… is listed"] {
        assert!(replies.iter().any(|reply| is_kept(&reply, words)), "{words}: {replies:?}");
    }
    // Sent again, they hold what the server quoted.
    server.behave(Behaviour::Obliging);
    for mail in mailing.mails(&person.user) {
        let id = mail["id"].as_str().expect("an id");
        let again = format!("/api/users/{}/emails/{id}/resend", id_of(&person.user));
        let _ = mailing.admin.post_empty(&again).expect(204);
    }
    assert_eq!(mailing.dispatch()["sent"], 2);
    let taken = server.taken_for(email_of(&person.user));
    let texts: Vec<_> = taken.iter().map(|mail| mail.text.replace("=\r\n", "")).collect();
    for mark in ["/lc/", "verify-email?token="] {
        let text = texts.iter().find(|text| text.replace("=3D", "=").contains(mark));
        mailing.holds_none_of(&[after(text.expect("the mail"), mark).as_bytes()]);
    }
}

#[test]
fn addresses_of_strangers_are_not_kept() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let _ = ask(&mailing.deployment.client(), "stranger@example.net").expect(204);
    mailing.holds_none_of(&[b"stranger"]);
}

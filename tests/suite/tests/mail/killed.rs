//! What causes a mail, killed at each statement: everything happened or nothing.

use postern_suite::mail_server::{Behaviour, MailServer};
use postern_suite::{Fault, Reply};
use serde_json::json;

use super::addresses::{SEND, verify};
use super::asking::{ask, mailed_token, redeem};
use super::{Mailing, after, email_of, id_of, mailing_everything};

fn something_went_wrong(reply: Reply) {
    let reply = reply.expect(500);
    assert_eq!(reply.code(), "internal_error");
    assert!(reply.header("set-cookie").is_empty());
}

impl Mailing {
    /// Links, mails, limits.
    fn traces(&self) -> (i64, i64, i64) {
        (
            self.number("SELECT count(*) FROM one_time_links WHERE user_id > '' AND mailed = 1"),
            self.number("SELECT count(*) FROM outbox WHERE user_id > ''"),
            self.number(
                "SELECT count(*) FROM rate_limits WHERE key > 'one-time-access-email' \
                AND key < 'one-time-access-emaim'",
            ),
        )
    }
}

#[test]
fn asking_for_a_link_is_all_or_nothing() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let client = mailing.deployment.client();
    for statement in 0..11 {
        mailing.faulty.fail(Fault::KilledAt(statement), 0);
        something_went_wrong(ask(&client, email_of(&user)));
        assert_eq!(mailing.traces(), (0, 0, 0), "killed at {statement}");
        assert!(mailing.entries("ONE_TIME_LINK_REQUESTED").is_empty());
    }
    let _ = ask(&client, email_of(&user)).expect(204);
    assert_eq!((mailing.traces().0, mailing.traces().1), (1, 1));
}

#[test]
fn a_mailed_link_is_made_with_its_mail_and_entry_or_not_at_all() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let path = format!("/api/users/{}/one-time-access-email", id_of(&user));
    for statement in 0..4 {
        mailing.faulty.fail(Fault::KilledAt(statement), 1);
        something_went_wrong(mailing.admin.post(&path, &json!({})));
        assert_eq!(mailing.traces(), (0, 0, 0), "killed at {statement}");
        assert!(mailing.entries("ONE_TIME_LINK_CREATED").is_empty());
    }
    let _ = mailing.admin.post(&path, &json!({})).expect(204);
    assert_eq!(mailing.traces(), (1, 1, 0));
}

#[test]
fn a_code_killed_at_any_statement_is_not_used_up_and_a_wrong_one_not_counted() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let user = mailing.deployment.new_user();
    let client = mailing.deployment.client();
    let _ = ask(&client, email_of(&user)).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let token = mailed_token(&server, &user);
    let shown = mailing.deployment.client().get(&format!("/api/one-time-access-token/{token}"));
    let code = shown.expect(200).text_of("code");
    let tried = "SELECT sum(code_attempts) FROM one_time_links WHERE user_id > ''";
    for statement in 0..14 {
        for typed in [code.as_str(), "0000-0000"] {
            mailing.faulty.fail(Fault::KilledAt(statement), 0);
            something_went_wrong(redeem(&client, typed));
            assert!(client.cookie("access_token").is_none());
            assert_eq!(mailing.number(tried), 0, "killed at {statement}");
        }
    }
    let _ = redeem(&client, &code).expect(200);
}

#[test]
fn a_proof_of_an_address_is_all_or_nothing() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let person = mailing.deployment.newcomer();
    for statement in 0..7 {
        mailing.faulty.fail(Fault::KilledAt(statement), 1);
        something_went_wrong(person.client.post_empty(SEND));
        assert_eq!(mailing.traces().1, 0, "killed at {statement}");
        assert!(mailing.entries("EMAIL_VERIFICATION_REQUESTED").is_empty());
    }
    let _ = person.client.post_empty(SEND).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    let token = after(&server.taken()[0].text, "verify-email?token=");
    for statement in 0..6 {
        mailing.faulty.fail(Fault::KilledAt(statement), 1);
        something_went_wrong(verify(&person.client, &token));
        let me = person.client.get("/api/users/me").expect(200).json;
        assert_eq!(me["emailVerified"], json!(false), "killed at {statement}");
        assert!(mailing.entries("EMAIL_VERIFIED").is_empty());
    }
    let _ = verify(&person.client, &token).expect(204);
}

#[test]
fn a_notice_of_an_api_key_killed_at_any_statement_is_told_later_and_once() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_everything(&server);
    let person = mailing.deployment.newcomer();
    let soon = "UPDATE api_keys SET created_at = 0, expires_at = unixepoch() * 1000 + 500000000 \
        WHERE name = 'Backups'";
    let _ = person.api_key("Backups");
    mailing.database.migrate(soon).expect("it ends soon");
    for statement in 0..5 {
        mailing.faulty.fail(Fault::KilledAt(statement), 0);
        let _ = mailing.try_to_dispatch().expect(500);
        assert_eq!(mailing.traces().1, 0, "killed at {statement}");
    }
    assert_eq!(mailing.dispatch()["sent"], 1);
    assert_eq!(mailing.dispatch()["sent"], 0);
}

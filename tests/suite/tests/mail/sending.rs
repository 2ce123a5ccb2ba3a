//! What goes right.

use postern_suite::mail_server::{Behaviour, MailServer, USER};
use serde_json::json;
use store::outbox::Kind;

use super::{email_of, mailing, mailing_by};

#[test]
fn a_mail_goes_out_once_and_is_recorded_with_the_servers_words() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    let (user, id) = mailing.notice();
    let waiting = mailing.mail(&user);
    assert_eq!(waiting["id"], json!(id));
    assert_eq!(waiting["kind"], "newSignIn");
    assert_eq!(waiting["to"], user["email"]);
    assert_eq!((&waiting["state"], &waiting["attempts"]), (&json!("queued"), &json!(0)));
    assert_eq!((&waiting["sentAt"], &waiting["reply"]), (&json!(null), &json!(null)));
    assert_eq!(waiting["nextAttemptAt"], waiting["createdAt"]);
    assert_eq!(mailing.dispatch(), json!({ "sent": 1, "ended": 0, "postponed": 0 }));
    assert_eq!(mailing.dispatch(), json!({ "sent": 0, "ended": 0, "postponed": 0 }));
    let taken = server.taken_for(email_of(&user));
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].message_id, format!("{id}@localhost"));
    assert_eq!((taken[0].from.as_str(), taken[0].encrypted), ("postern@example.com", false));
    assert!(taken[0].text.contains("From: \"Acme\" <postern@example.com>"), "{}", taken[0].text);
    let sent = mailing.mail(&user);
    assert_eq!((&sent["state"], &sent["attempts"]), (&json!("sent"), &json!(1)));
    assert!(sent["reply"].as_str().is_some_and(|reply| reply.contains("Taken as")), "{sent}");
    assert!(sent["sentAt"].is_string() && sent["nextAttemptAt"].is_null(), "{sent}");
    let entry = &mailing.entries("EMAIL_SENT")[0];
    assert_eq!(entry["data"]["emailId"], json!(id));
    assert_eq!(
        (&entry["data"]["kind"], &entry["data"]["state"]),
        (&json!("newSignIn"), &json!("sent"))
    );
}

#[test]
fn each_kind_of_protection_works_and_the_password_goes_with_it() {
    for (tls, server) in [
        ("starttls", MailServer::start(Behaviour::Obliging)),
        ("tls", MailServer::start_tls(Behaviour::Obliging)),
        ("none", MailServer::start(Behaviour::Obliging)),
    ] {
        let mailing = mailing_by(&server);
        mailing.configure(&json!({
            "smtpTls": tls, "smtpUser": USER.0, "smtpPassword": USER.1,
        }));
        let (user, _) = mailing.notice();
        assert_eq!(mailing.dispatch()["sent"], 1, "{tls}: {}", mailing.mail(&user));
        let taken = &server.taken()[0];
        assert_eq!(taken.encrypted, tls != "none", "{tls}");
        assert_eq!(taken.user.as_deref(), Some(USER.0), "{tls}");
    }
}

#[test]
fn a_backlog_goes_out_over_one_connection_a_run_and_within_the_budget() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    let user = mailing.deployment.new_user();
    for _ in 0..45 {
        let _ = mailing.queue(&user);
    }
    assert_eq!(mailing.dispatch()["sent"], 45);
    assert_eq!((server.connections(), server.copies().len()), (1, 45));
}

#[test]
fn a_server_that_says_good_bye_after_each_mail_still_gets_them_all() {
    let server = MailServer::start(Behaviour::OneByOne);
    let mailing = mailing_by(&server);
    let user = mailing.deployment.new_user();
    for _ in 0..5 {
        let _ = mailing.queue(&user);
    }
    assert_eq!(mailing.dispatch()["sent"], 5);
    assert!(server.copies().values().all(|copies| *copies == 1));
}

#[test]
fn a_link_is_derived_from_its_identifier_and_never_stored() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    let user = mailing.deployment.new_user();
    let data = json!({ "linkId": "00000000-0000-4000-8000-00000000f00d", "admin": "Ada" });
    let _ = mailing.queue_as(&user, Kind::OneTimeAccessByAdmin, &data, Some(900_000));
    assert_eq!(mailing.dispatch()["sent"], 1);
    let text = server.taken()[0].text.replace("=\r\n", "");
    let (_, rest) = text.split_once("/lc/").expect("a link");
    let token: String = rest.chars().take(24).collect();
    assert!(token.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)), "{token}");
    let stored = "SELECT count(*) FROM outbox WHERE user_id > '' AND instr(data, '/lc/') > 0";
    assert_eq!(mailing.number(stored), 0);
}

#[test]
fn what_is_asked_for_again_goes_out_as_a_new_mail_or_at_once() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    let (user, id) = mailing.notice();
    let path =
        |id: &str| format!("/api/users/{}/emails/{id}/resend", user["id"].as_str().unwrap_or(""));
    let admin = &mailing.admin;
    assert_eq!(mailing.dispatch()["sent"], 1);
    let _ = admin.post_empty(&path(&id)).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    assert_eq!((mailing.mails(&user).len(), server.copies().len()), (2, 2));
    server.behave(Behaviour::BusyFor(1));
    let waiting = mailing.queue(&user);
    assert_eq!(mailing.dispatch()["postponed"], 1);
    assert_eq!(mailing.dispatch()["sent"], 0);
    let _ = admin.post_empty(&path(&waiting)).expect(204);
    assert_eq!(mailing.dispatch()["sent"], 1);
    assert_eq!(mailing.mails(&user).len(), 3);
    assert_eq!(mailing.entries("EMAIL_RESENT").len(), 2);
}

#[test]
fn what_is_over_is_not_asked_for_again() {
    let mailing = mailing();
    let user = mailing.deployment.new_user();
    let data = json!({ "linkId": "00000000-0000-4000-8000-00000000f00d" });
    let id = mailing.queue_as(&user, Kind::OneTimeAccess, &data, Some(60_000));
    mailing.clock.forward_seconds(61);
    let path = format!("/api/users/{}/emails/{id}/resend", user["id"].as_str().unwrap_or(""));
    let reply = mailing.admin.post_empty(&path).expect(409);
    assert_eq!(reply.code(), "email_expired");
    assert!(mailing.entries("EMAIL_RESENT").is_empty());
}

#[test]
fn mails_that_ended_a_month_ago_are_cleared_away_by_new_ones() {
    let server = MailServer::start(Behaviour::Obliging);
    let mailing = mailing_by(&server);
    let (user, _) = mailing.notice();
    let _ = mailing.dispatch();
    mailing.clock.forward_seconds(31 * 24 * 60 * 60);
    let newest = mailing.queue(&user);
    assert_eq!(mailing.mail(&user)["id"], json!(newest));
}

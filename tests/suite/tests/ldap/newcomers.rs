//! Whoever is new is mailed a way in, if the deployment wishes so: once, whatever happens.

use directory::people::{dn, person};
use postern_suite::mail_server::{Behaviour, MailServer};
use postern_suite::{Fault, SCHEDULE_KEY};
use serde_json::json;

use super::{Synced, small};

fn mailing(server: &MailServer) -> Synced {
    let synced = Synced::with(&small());
    synced.set(&json!({
        "smtpHost": "localhost", "smtpPort": server.port.to_string(),
        "smtpFrom": "postern@example.com", "ldapEmailNewUsers": "true",
    }));
    synced
}

/// Lets the dispatcher run; how many mails it sent.
fn dispatched(synced: &Synced) -> u64 {
    let bearer = format!("Bearer {SCHEDULE_KEY}");
    let clock = synced.deployment.client().with_header("authorization", &bearer);
    let tally = clock.post_empty("/api/scheduled/email").expect(200).json;
    tally["sent"].as_u64().expect("a figure")
}

/// The token of the only link in a mail, whose long lines are folded.
fn token_in(text: &str) -> String {
    let text = text.replace("=\r\n", "");
    let (_, rest) = text.split_once("/lc/").expect("a link");
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[test]
fn everybody_who_is_new_is_mailed_a_link_that_lets_them_in() {
    let server = MailServer::start(Behaviour::Obliging);
    let synced = mailing(&server);
    let body = json!({ "username": "zoe", "email": "cas@example.org" });
    let _ = synced.admin.post("/api/users", &body).expect(201);
    let _ = synced.synced();
    assert_eq!(dispatched(&synced), 2, "Ann and Bob; Cas is a conflict");
    assert!(server.taken_for("cas@example.org").is_empty());
    let mails = server.taken_for("ann@example.org");
    assert_eq!(mails.len(), 1);
    let path = format!("/api/one-time-access-token/{}", token_in(&mails[0].text));
    let ann = synced.deployment.client();
    assert_eq!(ann.post_empty(&path).expect(200).json["username"], "ann");
    let _ = synced.synced();
    assert_eq!(dispatched(&synced), 0, "they are not new any more");
}

#[test]
fn nobody_is_mailed_for_a_change_a_return_or_a_mere_look() {
    let server = MailServer::start(Behaviour::Obliging);
    let synced = mailing(&server);
    let _ = synced.preview();
    assert_eq!(dispatched(&synced), 0);
    synced.set(&json!({ "ldapEmailNewUsers": "false" }));
    let _ = synced.synced();
    assert_eq!(dispatched(&synced), 0);
    synced.set(&json!({ "ldapEmailNewUsers": "true" }));
    synced.slapd().replace(&dn("ann"), "mail", &["new@example.org"]);
    synced.slapd().delete(&dn("bob"));
    let _ = synced.synced();
    assert_eq!(dispatched(&synced), 0);
    synced.slapd().add(&person("dan"));
    let _ = synced.synced();
    assert_eq!(dispatched(&synced), 1);
    assert_eq!(server.taken_for("dan@example.org").len(), 1);
}

#[test]
fn a_sync_that_is_killed_mails_nobody_twice() {
    let server = MailServer::start(Behaviour::Obliging);
    let synced = mailing(&server);
    let _ = synced.faulty.batches();
    let _ = synced.sync().expect(204);
    let batches = synced.faulty.batches();
    assert_eq!(dispatched(&synced), 3);
    for batch in 0..batches.len() {
        let name = format!("new{batch}");
        synced.slapd().add(&person(&name));
        let address = format!("{name}@example.org");
        synced.faulty.fail(Fault::ReplyLost, batch);
        let _ = synced.sync();
        // This sync may have had fewer batches.
        synced.faulty.heal();
        synced.clock.forward_seconds(6 * 60);
        let _ = synced.sync().expect(204);
        while dispatched(&synced) > 0 {}
        assert_eq!(server.taken_for(&address).len(), 1, "reply of batch {batch} lost");
    }
}

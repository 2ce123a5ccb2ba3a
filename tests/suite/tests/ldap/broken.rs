//! What breaks between a deployment and a directory, and that it changes nobody.

use directory::people::{dn, person};
use directory::{Proxy, Slapd};
use serde_json::{Value, json};

use super::{Synced, people, small};

/// A directory that has been synced and has changed a lot since.
fn changed() -> Synced {
    let synced = Synced::with(&small());
    let _ = synced.synced();
    synced.slapd().replace(&dn("ann"), "mail", &["new@example.org"]);
    synced.slapd().delete(&dn("bob"));
    synced.slapd().add(&person("dan"));
    synced
}

/// A sync that must fail at this stage, without a trace among users and groups.
#[track_caller]
fn fails(synced: &Synced, stage: &str) -> Value {
    let before = synced.everything();
    let reply = synced.sync().expect(409);
    assert_eq!(reply.code(), "ldap_failed", "{}", reply.text);
    assert_eq!(reply.json["details"]["stage"], stage, "{}", reply.text);
    assert!(!reply.text.contains(directory::SECRET), "{}", reply.text);
    assert!(!reply.text.contains(directory::READER_PASSWORD), "{}", reply.text);
    let run = synced.newest_run();
    assert_eq!((&run["state"], &run["failure"]["stage"]), (&json!("failed"), &json!(stage)));
    assert!(!run["failure"]["message"].as_str().unwrap_or_default().is_empty());
    assert_eq!(synced.everything(), before);
    run
}

/// The next sync, of a directory that can be read again, catches up.
#[track_caller]
fn catches_up(synced: &Synced) {
    let run = synced.synced();
    assert_eq!(synced.told(&run), ["create user dan", "disable user bob", "update user ann"]);
}

#[test]
fn a_proxy_that_is_down_is_said_to_be_so() {
    let synced = changed();
    synced.server.ldap.lead_nowhere();
    let _ = fails(&synced, "proxy");
    for reply in
        [synced.test(), synced.admin.post_empty("/api/application-configuration/preview-ldap")]
    {
        let reply = reply.expect(409);
        assert_eq!(
            (reply.code(), &reply.json["details"]["stage"]),
            ("ldap_failed", &json!("proxy"))
        );
    }
    synced.server.ldap.lead_to(synced.directory.proxy.port);
    catches_up(&synced);
}

#[test]
fn a_proxy_that_asks_for_another_secret_is_said_to_be_so() {
    let synced = changed();
    let other = [("SECRET", "another secret, just as long as the first")];
    let strict = Proxy::beside(synced.slapd(), &other);
    synced.server.ldap.lead_to(strict.port);
    let run = fails(&synced, "proxy");
    let message = run["failure"]["message"].as_str().expect("a text").to_lowercase();
    assert!(message.contains("secret"), "{message}");
    synced.server.ldap.lead_to(synced.directory.proxy.port);
    catches_up(&synced);
}

#[test]
fn a_directory_whose_certificate_nobody_vouches_for_is_not_read() {
    let synced = changed();
    let tls = format!("ldaps://localhost:{}", synced.slapd().tls_port);
    let proxy = Proxy::at(&tls, &[]);
    synced.server.ldap.lead_to(proxy.port);
    let _ = fails(&synced, "tls");
    let authority = synced.slapd().certificates.authority.display().to_string();
    let trusting = Proxy::at(&tls, &[("CA_FILE", &authority)]);
    synced.server.ldap.lead_to(trusting.port);
    catches_up(&synced);
}

#[test]
fn a_refused_bind_is_told_from_a_directory_that_is_down() {
    let mut synced = changed();
    let wrong = Proxy::beside(synced.slapd(), &[("BIND_PASSWORD", "wrong")]);
    synced.server.ldap.lead_to(wrong.port);
    let _ = fails(&synced, "bind");
    synced.server.ldap.lead_to(synced.directory.proxy.port);
    synced.directory.slapd.kill();
    let _ = fails(&synced, "connect");
    synced.directory.slapd.restart();
    catches_up(&synced);
}

#[test]
fn a_directory_that_stops_at_its_size_limit_is_not_taken_for_whole() {
    let names: Vec<String> = (0..1_001).map(|number| format!("p{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let slapd = Slapd::limited(&people(&names), 1_000);
    let synced = Synced::beside(slapd, &[("PAGE_SIZE", "250")]);
    let _ = fails(&synced, "search");
    assert!(synced.user("p0").is_none());
    synced.slapd().delete(&dn("p1000"));
    assert_eq!(synced.synced()["users"]["create"], 1_000);
    synced.slapd().add(&person("p1000"));
    let _ = fails(&synced, "search");
}

#[test]
fn a_directory_that_dies_in_the_middle_disables_nobody() {
    let names: Vec<String> = (0..400).map(|number| format!("p{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    // Entries of 20 KB each: more than sockets hold.
    let text = "x".repeat(20_000);
    let ldif = people(&names).replace("\ncn: ", &format!("\ndescription: {text}\ncn: "));
    let settings = [("PAGE_SIZE", "20"), ("EXTRA_ATTRIBUTES", "description")];
    let mut synced = Synced::beside(Slapd::with(&ldif), &settings);
    synced.set(&json!({ "ldapAttributeUserDisplayName": "description" }));
    synced.server.ldap.hold_after(300_000);
    let admin = synced.admin.clone();
    let syncing =
        std::thread::spawn(move || admin.post_empty("/api/application-configuration/sync-ldap"));
    synced.server.ldap.wait_for_hold();
    synced.directory.slapd.kill();
    synced.server.ldap.release();
    let reply = syncing.join().expect("an answer").expect(409);
    assert_eq!(reply.code(), "ldap_failed", "{}", reply.text);
    assert!(synced.user("p0").is_none());
    synced.directory.slapd.restart();
    assert_eq!(synced.synced()["users"]["create"], 400);
    synced.slapd().replace(&dn("p7"), "mail", &["new@example.org"]);
    assert_eq!(synced.synced()["users"]["update"], 1);
}

/// The length of each answer that a sync gets, in their order.
fn answers(synced: &Synced) -> Vec<u64> {
    let _ = synced.server.ldap.answers();
    let _ = synced.preview();
    synced.server.ldap.answers()
}

/// Cuts each of the next sync's answers at many places; what is known here stays as it is.
fn cut_everywhere(synced: &Synced) {
    let before = synced.everything();
    let lengths = answers(synced);
    assert!(lengths.len() >= 3, "digests twice, and entries: {lengths:?}");
    for (answer, length) in (0..).zip(lengths) {
        // Of the last bytes some are the transfer's own.
        let last = length - 10;
        for at in [0, 1, 100, length / 4, length / 2, length - length / 4, last] {
            synced.server.ldap.cut_later(answer, at);
            let reply = synced.sync();
            synced.server.ldap.release();
            let what = format!("answer {answer} cut after {at} of {length} bytes");
            assert_eq!((reply.status, reply.code()), (409, "ldap_failed"), "{what}");
            assert_eq!(synced.everything(), before, "{what}");
        }
    }
}

#[test]
fn an_answer_cut_anywhere_changes_nothing() {
    let synced = changed();
    cut_everywhere(&synced);
    catches_up(&synced);
}

#[test]
fn a_first_import_cut_anywhere_imports_nobody() {
    let synced = Synced::with(&small());
    cut_everywhere(&synced);
    let _ = synced.synced();
    assert_eq!(synced.members("staff").expect("staff"), ["ann", "bob"]);
}

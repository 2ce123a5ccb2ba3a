//! What may come in between.

use std::sync::Arc;

use directory::Slapd;
use directory::people::{dn, person};
use postern_suite::ldap::{Directory, Syncing};
use postern_suite::{
    Deployment, Fault, FaultyDatabase, FaultyKeyValue, KeyValueFault, MovableClock, NativeServer,
    SETUP_TOKEN, database,
};
use serde_json::json;

use super::{A_WHILE, ATTRIBUTE, BLUE, GREEN, RED, Synced, photo, synced, with};

#[test]
fn somebody_who_cannot_come_yet_gets_their_picture_when_they_do() {
    let synced = synced(&with("ann", &photo(RED)));
    let body = json!({ "username": "ann", "email": "local@example.org" });
    let local = synced.admin.post("/api/users", &body).expect(201).json;
    let lines = synced.server.ledger.lines().len();
    assert_eq!(synced.conflicts(&synced.synced()), ["ann: usernameTaken"]);
    let _ = synced.synced_later();
    assert_eq!(synced.handed_on(lines), 1, "not again and again");
    assert!(!synced.shows("ann", RED));
    let path = format!("/api/users/{}", local["id"].as_str().expect("an id"));
    let _ = synced.admin.delete(&path).expect(204);
    let _ = synced.synced_later();
    assert!(synced.shows("ann", RED));
}

#[test]
fn whoever_is_deleted_here_and_comes_again_has_their_picture_again() {
    let synced = synced(&(with("ann", &photo(RED)) + &person("bob")));
    let _ = synced.synced();
    synced.set(&json!({ "ldapSoftDeleteUsers": "false" }));
    let ann = synced.known("ann");
    synced.slapd().delete(&dn("ann"));
    let _ = synced.synced_later();
    assert!(synced.user("ann").is_none());
    synced.slapd().add(&with("ann", &photo(RED)));
    let _ = synced.synced_later();
    assert_ne!(synced.known("ann")["id"], ann["id"]);
    assert!(synced.shows("ann", RED));
}

#[test]
fn whoever_is_gone_for_a_while_keeps_their_picture() {
    let settings = [("EXTRA_ATTRIBUTES", "audio,employeeType")];
    let synced = Synced::beside(Slapd::with(&with("ann", &photo(RED))), &settings);
    let filter = "(&(objectClass=inetOrgPerson)(!(employeeType=gone)))";
    synced.set(&json!({
        "ldapAttributeUserProfilePicture": ATTRIBUTE, "ldapUserSearchFilter": filter,
    }));
    synced.slapd().add(&person("bob"));
    let _ = synced.synced();
    synced.slapd().replace(&dn("ann"), "employeeType", &["gone"]);
    let _ = synced.synced_later();
    assert!(synced.is_disabled("ann") && synced.shows("ann", RED));
    synced.slapd().replace(&dn("ann"), "employeeType", &[]);
    let _ = synced.synced_later();
    assert!(!synced.is_disabled("ann") && synced.shows("ann", RED));
    synced.replace_photo("ann", Some(&photo(BLUE)));
    let _ = synced.synced_later();
    assert!(synced.shows("ann", BLUE));
}

#[test]
fn a_directory_that_suddenly_shows_no_picture_at_all_takes_none_away() {
    let names = ["ann", "bob", "cas", "dan", "eve"];
    let ldif: String = names.iter().map(|name| with(name, &photo(RED))).collect();
    let synced = synced(&ldif);
    let _ = synced.synced();
    for name in names {
        synced.replace_photo(name, None);
    }
    let _ = synced.synced_later();
    assert!(names.iter().all(|name| synced.shows(name, RED)));
    synced.replace_photo("ann", Some(&photo(GREEN)));
    let _ = synced.synced_later();
    assert!(synced.shows("ann", GREEN) && !synced.shows("bob", RED));
}

#[test]
fn while_a_plan_is_held_back_pictures_stay_as_well() {
    let names: Vec<String> = (0..12).map(|number| format!("p{number}")).collect();
    let ldif: String = names.iter().map(|name| with(name, &photo(RED))).collect();
    let synced = synced(&ldif);
    let _ = synced.synced();
    for name in &names[1..] {
        synced.slapd().delete(&dn(name));
    }
    let _ = synced.held_back("tooManyRemovals");
    synced.clock.forward_seconds(25 * 3600);
    synced.strike();
    assert!(names.iter().all(|name| synced.shows(name, RED)));
}

#[test]
fn several_who_sync_at_once_give_each_picture_once() {
    let names: Vec<String> = (0..20).map(|number| format!("p{number}")).collect();
    let ldif: String = names.iter().map(|name| with(name, &photo(RED))).collect();
    let synced = synced(&ldif);
    let syncing: Vec<_> = (0..6)
        .map(|_| {
            let by = Syncing { admin: synced.admin.clone() };
            std::thread::spawn(move || by.sync().status)
        })
        .collect();
    for by in syncing {
        assert_eq!(by.join().expect("no panic"), 204);
    }
    let _ = synced.synced_later();
    assert!(names.iter().all(|name| synced.shows(name, RED)));
    assert_eq!(synced.changes_of_pictures().len(), 20);
}

#[test]
fn killed_at_any_statement_pictures_are_brought_in_line_by_the_next() {
    let sides = [(RED, None), (BLUE, Some(GREEN))];
    let synced = synced(&(with("ann", &photo(RED)) + &person("bob")));
    let turn = |side: usize| {
        let (anns, bobs) = sides[side];
        synced.replace_photo("ann", Some(&photo(anns)));
        synced.replace_photo("bob", bobs.map(photo).as_deref());
    };
    let is_turned = |side: usize| {
        let (anns, bobs) = sides[side];
        synced.shows("ann", anns) && synced.shows("bob", GREEN) == bobs.is_some()
    };
    let _ = synced.synced();
    for to in [1, 0] {
        turn(to);
        synced.clock.forward_seconds(A_WHILE);
        let _ = synced.faulty.batches();
        let _ = synced.sync().expect(204);
        let batches = synced.faulty.batches();
        assert!(is_turned(to), "nobody killed it");
        for (batch, statements) in batches.into_iter().enumerate() {
            for fault in (0..=statements).map(Fault::KilledAt).chain([Fault::ReplyLost]) {
                turn(1 - to);
                let _ = synced.synced_later();
                turn(to);
                synced.clock.forward_seconds(A_WHILE);
                synced.faulty.fail(fault, batch);
                let _ = synced.sync();
                let _ = synced.synced_later();
                assert!(is_turned(to), "batch {batch}, {fault:?}");
            }
        }
    }
}

#[test]
fn one_picture_that_cannot_be_made_keeps_no_other_away() {
    let names = ["ann", "bob", "cas"];
    let ldif: String = names.iter().map(|name| with(name, &photo(RED))).collect();
    let synced = synced(&ldif);
    let _ = synced.synced();
    let replace = |colour| {
        for name in names {
            synced.replace_photo(name, Some(&photo(colour)));
        }
        synced.clock.forward_seconds(A_WHILE);
    };
    replace(GREEN);
    let _ = synced.faulty.batches();
    let _ = synced.sync().expect(204);
    let batches = synced.faulty.batches().len();
    replace(BLUE);
    // Each picture has two batches, and one closes the step.
    synced.faulty.fail(Fault::Unreachable, batches - 7);
    let _ = synced.sync().expect(204);
    assert_eq!(names.iter().filter(|name| synced.shows(name, BLUE)).count(), 2);
    let _ = synced.synced_later();
    assert!(names.iter().all(|name| synced.shows(name, BLUE)));
}

#[test]
fn pictures_that_cannot_be_made_now_come_later_and_hold_up_nothing() {
    let store = Arc::new(FaultyKeyValue::default());
    let (base, clock) = (FaultyDatabase::new(Arc::new(database())), MovableClock::default());
    let (faulty, clock) = (Arc::new(base), Arc::new(clock));
    let server = NativeServer::start_with(
        Arc::clone(&faulty) as _,
        "off",
        Arc::clone(&clock) as _,
        Arc::clone(&store) as _,
    );
    let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
    let syncing = Syncing { admin: deployment.admin.api_key("sync").1 };
    syncing.configure();
    syncing.set(&json!({ "ldapAttributeUserProfilePicture": ATTRIBUTE }));
    let names = ["ann", "bob", "cas", "dan", "eve"];
    let ldif: String = names.iter().map(|name| with(name, &photo(RED))).collect();
    let slapd = Slapd::with(&ldif);
    let settings = [("EXTRA_ATTRIBUTES", ATTRIBUTE)];
    let directory = Directory::beside(slapd, &settings, &server.ldap);
    let synced = Synced { faulty, clock, server, deployment, directory, syncing };
    store.fail(KeyValueFault::ReadOnly);
    assert_eq!(synced.synced()["users"]["create"], 5);
    assert!(!names.iter().any(|name| synced.shows(name, RED)));
    store.fail(None);
    let asked = synced.server.ldap.connections();
    synced.strike();
    assert_eq!(synced.server.ldap.connections(), asked, "not again at once");
    let _ = synced.synced_later();
    assert!(names.iter().all(|name| synced.shows(name, RED)));
}

#[test]
fn an_answer_with_pictures_that_is_cut_gives_what_came_and_takes_nothing() {
    let ldif = with("ann", &photo(RED)) + &with("bob", &photo(RED)) + &person("cas");
    let synced = synced(&ldif);
    let _ = synced.synced();
    let _ = synced.server.ldap.answers();
    synced.replace_photo("ann", None);
    synced.replace_photo("bob", Some(&photo(BLUE)));
    let _ = synced.synced_later();
    let answers = synced.server.ldap.answers();
    let last = *answers.last().expect("an answer");
    let before = answers.len() as u64 - 1;
    let (first, then) = (photo(GREEN), photo(BLUE));
    for at in [0, 100, last / 2, last - 10] {
        synced.replace_photo("ann", Some(&first));
        synced.replace_photo("bob", Some(&photo(RED)));
        let _ = synced.synced_later();
        synced.replace_photo("ann", None);
        synced.replace_photo("bob", Some(&then));
        synced.clock.forward_seconds(A_WHILE);
        synced.server.ldap.cut_later(before, at);
        let _ = synced.sync().expect(204);
        synced.server.ldap.release();
        assert!(synced.shows("ann", GREEN), "cut after {at}");
        let _ = synced.synced_later();
        assert!(!synced.shows("ann", GREEN) && synced.shows("bob", BLUE), "cut after {at}");
    }
}

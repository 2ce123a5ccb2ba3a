//! A sync that is killed at every statement: the next one completes it, and what comes of it is what
//! comes of one that nobody killed.

use std::sync::Arc;

use directory::Slapd;
use directory::people::{dn, group, group_dn, person};
use postern_suite::ldap::Syncing;
use postern_suite::{
    Deployment, Fault, FaultyDatabase, MovableClock, NativeServer, SETUP_TOKEN, database,
};
use serde_json::json;

use super::{Synced, people, small};

/// The same directory, once as it is and once as it becomes.
#[derive(Clone, Copy, Debug)]
enum Side {
    Before,
    After,
}

const HERE: &str = "(&(objectClass=inetOrgPerson)(!(employeeType=gone)))";
const GROUPS: &str = "(&(objectClass=groupOfNames)(!(businessCategory=gone)))";

fn settings(by: &Syncing) {
    by.configure();
    by.set(&json!({
        "ldapUserSearchFilter": HERE, "ldapUserGroupSearchFilter": GROUPS,
        "ldapAdminGroupName": "admins",
    }));
}

/// Ann, Bob and Cas, and Dan, who is gone at first, and a group that is.
fn ldif() -> String {
    let gone = person("dan").trim_end().to_owned() + "\nemployeeType: gone\n\n";
    let crew =
        group("crew", &["dan", "cas"]).trim_end().to_owned() + "\nbusinessCategory: gone\n\n";
    format!("{}{}{gone}{crew}", small(), people(&["eve"]))
}

/// Everything that can happen to an entry, and back again.
fn turn(slapd: &Slapd, to: Side) {
    let ((mail, gone, back), staff, admins): (_, &[&str], &str) = match to {
        Side::Before => (("ann@example.org", "dan", "bob"), &["ann", "bob"], "ann"),
        Side::After => (("new@example.org", "bob", "dan"), &["ann", "dan", "eve"], "eve"),
    };
    slapd.replace(&dn("ann"), "mail", &[mail]);
    slapd.replace(&dn(gone), "employeeType", &["gone"]);
    slapd.replace(&dn(back), "employeeType", &[]);
    let staff: Vec<String> = staff.iter().map(|name| dn(name)).collect();
    let staff: Vec<&str> = staff.iter().map(String::as_str).collect();
    slapd.replace(&group_dn("staff"), "member", &staff);
    slapd.replace(&group_dn("admins"), "member", &[&dn(admins)]);
    let crew: &[&str] = if matches!(to, Side::Before) { &["gone"] } else { &[] };
    slapd.replace(&group_dn("crew"), "businessCategory", crew);
}

const PROXY: [(&str, &str); 1] = [("EXTRA_ATTRIBUTES", "employeeType,businessCategory")];

/// Another deployment that reads a directory which is there.
struct Fresh {
    faulty: Arc<FaultyDatabase>,
    clock: Arc<MovableClock>,
    by: Syncing,
}

impl Fresh {
    fn beside(synced: &Synced) -> Self {
        let faulty = Arc::new(FaultyDatabase::new(Arc::new(database())));
        let clock = Arc::new(MovableClock::default());
        let server =
            NativeServer::start_at(Arc::clone(&faulty) as _, "off", Arc::clone(&clock) as _);
        server.ldap.lead_to(synced.directory.proxy.port);
        let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
        let by = Syncing { admin: deployment.admin.api_key("sync").1 };
        by.configure();
        Self { faulty, clock, by }
    }
}

/// What a deployment that nobody kills has of this directory; the administrator left out.
fn unharmed(synced: &Synced, first: Side, then: Side) -> Vec<String> {
    let fresh = Fresh::beside(synced);
    settings(&fresh.by);
    for side in [first, then] {
        turn(synced.slapd(), side);
        let _ = fresh.by.synced();
    }
    of_the_directory(&fresh.by)
}

fn of_the_directory(by: &Syncing) -> Vec<String> {
    by.everything().into_iter().filter(|line| !line.contains("@example.com")).collect()
}

/// Longer than a lease lasts.
const A_WHILE: i64 = 6 * 60;

/// Kills the sync that turns the directory `to` a side at each statement of each batch.
fn killed_on_the_way(to: Side) {
    let from = if matches!(to, Side::Before) { Side::After } else { Side::Before };
    let synced = Synced::beside(Slapd::with(&ldif()), &PROXY);
    settings(&synced);
    let expected = unharmed(&synced, from, to);
    turn(synced.slapd(), from);
    let _ = synced.synced();
    turn(synced.slapd(), to);
    let _ = synced.faulty.batches();
    let _ = synced.sync().expect(204);
    let batches = synced.faulty.batches();
    assert_eq!(of_the_directory(&synced), expected, "nobody killed it");
    for (batch, statements) in batches.into_iter().enumerate() {
        for fault in (0..=statements).map(Fault::KilledAt).chain([Fault::ReplyLost]) {
            synced.clock.forward_seconds(A_WHILE);
            turn(synced.slapd(), from);
            let _ = synced.synced();
            turn(synced.slapd(), to);
            synced.faulty.fail(fault, batch);
            let _ = synced.sync();
            synced.faulty.heal();
            synced.clock.forward_seconds(A_WHILE);
            let reply = synced.sync();
            assert_eq!(reply.status, 204, "batch {batch}, {fault:?}: {}", reply.text);
            let after = of_the_directory(&synced);
            assert_eq!(after, expected, "batch {batch}, {fault:?}");
        }
    }
}

#[test]
fn a_sync_killed_at_any_statement_ends_like_one_that_nobody_killed() {
    killed_on_the_way(Side::After);
}

#[test]
fn so_does_the_way_back() {
    killed_on_the_way(Side::Before);
}

#[test]
fn a_first_import_killed_at_any_statement_is_completed_by_the_next() {
    let synced = Synced::with(&small());
    let _ = synced.faulty.batches();
    let _ = synced.sync().expect(204);
    let batches = synced.faulty.batches();
    let expected = of_the_directory(&synced);
    for (batch, statements) in batches.into_iter().enumerate() {
        for at in 0..=statements {
            let fresh = Fresh::beside(&synced);
            fresh.faulty.fail(Fault::KilledAt(at), batch);
            let _ = fresh.by.sync();
            fresh.faulty.heal();
            fresh.clock.forward_seconds(A_WHILE);
            let _ = fresh.by.sync().expect(204);
            assert_eq!(of_the_directory(&fresh.by), expected, "batch {batch}, statement {at}");
        }
    }
}

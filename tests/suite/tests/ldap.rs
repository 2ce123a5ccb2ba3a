//! The sync against a real OpenLDAP that changes, fails and lies. Natively: faults are put into the
//! database and between function and proxy, and the clock is put forward.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

#[path = "ldap/at_once.rs"]
mod at_once;
#[path = "ldap/broken.rs"]
mod broken;
#[path = "ldap/changing.rs"]
mod changing;
#[path = "ldap/coming.rs"]
mod coming;
#[path = "ldap/conflicts.rs"]
mod conflicts;
#[path = "ldap/foreseen.rs"]
mod foreseen;
#[path = "ldap/frugal.rs"]
mod frugal;
#[path = "ldap/groups.rs"]
mod groups;
#[path = "ldap/held_back.rs"]
mod held_back;
#[path = "ldap/killed.rs"]
mod killed;
#[path = "ldap/newcomers.rs"]
mod newcomers;
#[path = "ldap/pictures.rs"]
mod pictures;
#[path = "ldap/plans.rs"]
mod plans;
#[path = "ldap/refusals.rs"]
mod refusals;
#[path = "ldap/values.rs"]
mod values;

use std::ops::Deref;
use std::sync::Arc;

use directory::Slapd;
use directory::people::{group, person};
use postern_suite::ldap::{Directory, Syncing};
use postern_suite::{
    Deployment, FaultyDatabase, MovableClock, NativeServer, SETUP_TOKEN, database,
};

/// A deployment of its own with a directory of its own.
struct Synced {
    faulty: Arc<FaultyDatabase>,
    clock: Arc<MovableClock>,
    server: NativeServer,
    deployment: Deployment,
    directory: Directory,
    syncing: Syncing,
}

impl Deref for Synced {
    type Target = Syncing;

    fn deref(&self) -> &Syncing {
        &self.syncing
    }
}

impl Synced {
    fn with(ldif: &str) -> Self {
        Self::beside(Slapd::with(ldif), &[])
    }

    /// With a directory that is there, and settings of the proxy.
    fn beside(slapd: Slapd, settings: &[(&str, &str)]) -> Self {
        let faulty = Arc::new(FaultyDatabase::new(Arc::new(database())));
        let clock = Arc::new(MovableClock::default());
        let server =
            NativeServer::start_at(Arc::clone(&faulty) as _, "off", Arc::clone(&clock) as _);
        let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
        // An API key, because it outlives the clock's leaps.
        let syncing = Syncing { admin: deployment.admin.api_key("sync").1 };
        syncing.configure();
        let directory = Directory::beside(slapd, settings, &server.ldap);
        Self { faulty, clock, server, deployment, directory, syncing }
    }

    fn slapd(&self) -> &Slapd {
        &self.directory.slapd
    }

    /// Whether somebody is shut out.
    #[track_caller]
    fn is_disabled(&self, username: &str) -> bool {
        self.known(username)["disabled"] == true
    }
}

/// People with these names.
fn people(names: &[&str]) -> String {
    names.iter().map(|name| person(name)).collect()
}

/// Ann, Bob and Cas; Ann and Bob are staff, and Ann administrates.
fn small() -> String {
    let groups = [group("staff", &["ann", "bob"]), group("admins", &["ann"])];
    format!("{}{}", people(&["ann", "bob", "cas"]), groups.concat())
}

//! What syncing a directory of 1,000 to 100,000 people takes: the first import, a sync of what has not
//! changed, and one after every hundredth has. `cargo xtask bench ldap` runs it.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a bench that cannot go on must fail loudly, and looks at the clock"
)]

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Instant;

use directory::people::{dn, group, person};
use directory::process::Process;
use directory::{Folder, Slapd};
use platform::native::NativeDatabase;
use postern_suite::ldap::{Directory, Syncing};
use postern_suite::{Deployment, NativeServer, SETUP_TOKEN, migrate};
use serde_json::{Value, json};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    let sizes = std::env::args().skip(1).map(|size| size.parse().expect("how many people"));
    let sizes: Vec<usize> = sizes.collect();
    println!(
        "{:>7}  {:<16} {:>8} {:>8} {:>8} {:>9} {:>9} {:>6} {:>8} {:>7} {:>8} {:>7} {:>7}",
        "people",
        "pass",
        "requests",
        "sent",
        "KB",
        "rows read",
        "written",
        "trips",
        "seconds",
        "CPU s",
        "proxy s",
        "MB",
        "proxy MB"
    );
    for size in if sizes.is_empty() { SIZES.to_vec() } else { sizes } {
        run(size);
    }
}

fn run(people: usize) {
    let bench = Bench::start(people);
    let made = bench.pass("first import");
    assert_eq!(made["users"]["create"], people);
    let same = bench.pass("nothing changed");
    assert_eq!(same["progress"]["total"], 0);
    bench.directory.slapd.modify(&every_hundredth(people));
    let changed = bench.pass("1 % changed");
    assert_eq!(changed["users"]["update"], people.div_ceil(100));
}

struct Bench {
    people: usize,
    server: NativeServer,
    directory: Directory,
    by: Syncing,
    _folder: Folder,
}

impl Bench {
    fn start(people: usize) -> Self {
        let folder = Folder::new();
        let database =
            NativeDatabase::open(&folder.join("postern.db")).expect("the database opens");
        database.migrate("PRAGMA journal_mode = WAL").expect("a journal");
        migrate(&database);
        let server = NativeServer::start(Arc::new(database), "off");
        let slapd = Slapd::with(&ldif(people));
        let directory = Directory::beside(slapd, &[], &server.ldap);
        let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
        let by = Syncing { admin: deployment.admin.api_key("bench").1 };
        by.configure();
        by.set(&json!({ "ldapAdminGroupName": "group0" }));
        Self { people, server, directory, by, _folder: folder }
    }

    /// Syncs, and says what that took.
    fn pass(&self, name: &str) -> Value {
        let (own, proxy) = (Process::own(), Process::numbered(self.directory.proxy.process()));
        own.forget_peak();
        proxy.forget_peak();
        let (lines, bytes) = (self.server.ledger.lines().len(), self.server.ldap.passed_on());
        let (cpu, proxy_cpu, sent) = (own.cpu_ms(), proxy.cpu_ms(), self.sent());
        let begun = Instant::now();
        let _ = self.by.sync().expect(204);
        let took = begun.elapsed();
        let (cpu, proxy_cpu) = (own.cpu_ms() - cpu, proxy.cpu_ms() - proxy_cpu);
        let lines = self.server.ledger.lines().split_off(lines);
        let sum = |member: &str| lines.iter().filter_map(|line| line[member].as_u64()).sum::<u64>();
        println!(
            "{:>7}  {name:<16} {:>8} {:>8} {:>8} {:>9} {:>9} {:>6} {:>8.1} {:>7.1} {:>8.1} {:>7} {:>7}",
            self.people,
            lines.len(),
            self.sent() - sent,
            (self.server.ldap.passed_on() - bytes) / 1024,
            sum("rowsRead"),
            sum("rowsWritten"),
            sum("trips"),
            took.as_secs_f64(),
            seconds(cpu),
            seconds(proxy_cpu),
            own.peak_kb() / 1024,
            proxy.peak_kb() / 1024,
        );
        self.by.newest_run()
    }

    /// How many entries the proxy has sent in full.
    fn sent(&self) -> u64 {
        let metrics = self.directory.proxy.ask("GET", "/metrics", Some(directory::SECRET)).1;
        let line =
            metrics.lines().find_map(|line| line.strip_prefix("ldap_proxy_entries_sent_total "));
        line.and_then(|number| number.parse().ok()).expect("a figure")
    }
}

fn seconds(ms: u64) -> f64 {
    std::time::Duration::from_millis(ms).as_secs_f64()
}

/// A group of a hundred to every hundred people.
fn ldif(people: usize) -> String {
    let names: Vec<String> = (0..people).map(|number| format!("person{number}")).collect();
    let mut ldif: String = names.iter().map(|name| person(name)).collect();
    for (number, members) in names.chunks(100).enumerate() {
        let members: Vec<&str> = members.iter().map(String::as_str).collect();
        ldif.push_str(&group(&format!("group{number}"), &members));
    }
    ldif
}

fn every_hundredth(people: usize) -> String {
    (0..people).step_by(100).fold(String::new(), |mut text, number| {
        let dn = dn(&format!("person{number}"));
        let _ = write!(
            text,
            "dn: {dn}\nchangetype: modify\nreplace: mail\nmail: new{number}@example.org\n\n"
        );
        text
    })
}

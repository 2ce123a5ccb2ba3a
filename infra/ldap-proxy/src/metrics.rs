use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use ldap_proxy_client::Stage;

/// What the proxy has done since it started, for Prometheus.
#[derive(Default)]
pub(crate) struct Metrics {
    requests: Mutex<BTreeMap<(&'static str, u16), u64>>,
    failures: Mutex<BTreeMap<&'static str, u64>>,
    /// Searches that run.
    pub(crate) running: AtomicI64,
    searches: AtomicU64,
    milliseconds: AtomicU64,
    read: AtomicU64,
    sent: AtomicU64,
}

impl Metrics {
    pub(crate) fn request(&self, route: &'static str, status: u16) {
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        *requests.entry((route, status)).or_default() += 1;
    }

    pub(crate) fn failure(&self, stage: Stage) {
        let stage = match stage {
            Stage::Connect => "connect",
            Stage::Tls => "tls",
            Stage::Bind => "bind",
            Stage::Search => "search",
        };
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        *failures.entry(stage).or_default() += 1;
    }

    /// A search that was read to its end.
    pub(crate) fn search(&self, took: Duration, read: u64, sent: u64) {
        self.searches.fetch_add(1, Ordering::Relaxed);
        let took = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        self.milliseconds.fetch_add(took, Ordering::Relaxed);
        self.read.fetch_add(read, Ordering::Relaxed);
        self.sent.fetch_add(sent, Ordering::Relaxed);
    }

    /// In Prometheus' text format.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        head(&mut text, "requests_total", "counter", "Requests by route and status.");
        for ((route, status), count) in requests.iter() {
            let labels = format!("{{route=\"{route}\",status=\"{status}\"}}");
            line(&mut text, "requests_total", &labels, count);
        }
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        head(&mut text, "directory_failures_total", "counter", "Failures of the directory.");
        for (stage, count) in failures.iter() {
            line(&mut text, "directory_failures_total", &format!("{{stage=\"{stage}\"}}"), count);
        }
        head(&mut text, "searches_running", "gauge", "Searches that run.");
        line(&mut text, "searches_running", "", self.running.load(Ordering::Relaxed));
        let counters = [
            ("searches_total", "Searches read to their end.", &self.searches),
            ("search_milliseconds_total", "Time that they took.", &self.milliseconds),
            ("entries_read_total", "Entries read from the directory.", &self.read),
            ("entries_sent_total", "Entries sent in full.", &self.sent),
        ];
        for (name, help, counter) in counters {
            head(&mut text, name, "counter", help);
            line(&mut text, name, "", counter.load(Ordering::Relaxed));
        }
        text
    }
}

// Writing to a string does not fail.
fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = writeln!(text, "# HELP ldap_proxy_{name} {help}\n# TYPE ldap_proxy_{name} {kind}");
}

fn line(text: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    let _ = writeln!(text, "ldap_proxy_{name}{labels} {value}");
}

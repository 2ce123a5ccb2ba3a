//! A sync on D1's free plan, which allows a call 50 statements.

use std::sync::Arc;

use directory::Slapd;
use directory::people::group;
use postern_suite::ldap::{Directory, Syncing};
use postern_suite::{
    Deployment, FaultyDatabase, NativeServer, SCHEDULE_KEY, SETUP_TOKEN, database,
};
use serde_json::json;

use super::people;

const ALLOWED: usize = 50;

const SYNC: &str = "/api/application-configuration/sync-ldap";

/// A deployment on that plan, beside a directory with these people, and so many groups of so many of them.
struct Frugal {
    counted: Arc<FaultyDatabase>,
    deployment: Deployment,
    by: Syncing,
    _directory: Directory,
}

impl Frugal {
    fn with(count: usize, [groups, members]: [usize; 2]) -> Self {
        let counted = Arc::new(FaultyDatabase::new(Arc::new(database())));
        let server = NativeServer::start_frugal(Arc::clone(&counted) as _);
        let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
        let by = Syncing { admin: deployment.admin.api_key("sync").1 };
        by.configure();
        let names: Vec<String> = (0..count).map(|number| format!("p{number}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let groups: String =
            (0..groups).map(|number| group(&format!("g{number}"), &names[..members])).collect();
        let slapd = Slapd::with(&format!("{}{groups}", people(&names)));
        let directory = Directory::beside(slapd, &[], &server.ldap);
        Self { counted, deployment, by, _directory: directory }
    }

    /// The clock strikes until no run is under way.
    fn let_the_clock_end_it(&self) {
        for _ in 0..40 {
            if self.by.newest_run()["finishedAt"].is_string() {
                return;
            }
            self.strike();
        }
    }

    /// What the clock does each minute.
    fn strike(&self) {
        let bearer = format!("Bearer {SCHEDULE_KEY}");
        let clock = self.deployment.client().with_header("authorization", &bearer);
        let status = clock.post_empty("/api/scheduled/ldap").status;
        assert!(matches!(status, 204 | 409), "{status}");
    }
}

#[test]
fn a_sync_of_many_ends_though_no_request_takes_more_statements_than_the_free_plan_allows() {
    let frugal = Frugal::with(1_200, [25, 40]);
    let mut requests = Vec::new();
    let status = loop {
        let _ = frugal.counted.batches();
        let status = frugal.by.admin.post_empty(SYNC).status;
        requests.push(frugal.counted.batches().iter().sum::<usize>());
        if status != 202 || requests.len() > 40 {
            break status;
        }
    };
    assert_eq!(status, 204, "{requests:?}");
    assert!(requests.iter().all(|statements| *statements <= ALLOWED), "{requests:?}");
    assert_eq!(frugal.by.newest_run()["users"]["create"], 1_200);
    assert_eq!(frugal.by.members("g24").expect("a group").len(), 40);
}

#[test]
fn who_names_the_run_to_go_on_with_begins_no_other_when_the_clock_was_faster() {
    let frugal = Frugal::with(1_100, [0, 0]);
    for path in ["/api/application-configuration/preview-ldap", SYNC] {
        let run = frugal.by.admin.post_empty(path).expect(202).json;
        let runs = frugal.by.runs().len();
        frugal.let_the_clock_end_it();
        let path = format!("{path}?run={}", run["id"].as_str().expect("an id"));
        let reply = frugal.by.admin.post_empty(&path);
        assert!(matches!(reply.status, 200 | 204), "{}", reply.text);
        assert_eq!(frugal.by.runs().len(), runs);
    }
    assert_eq!(frugal.by.newest_run()["users"]["create"], 1_100);
}

#[test]
fn who_switches_the_sync_off_stops_it_and_the_next_one_completes_it() {
    let frugal = Frugal::with(1_100, [0, 0]);
    let mut asked = (0..10).map(|_| frugal.by.admin.post_empty(SYNC).expect(202).json);
    let run = asked.find(|run| run["state"] == "applying").expect("it applies");
    frugal.by.set(&json!({ "ldapEnabled": "false" }));
    frugal.strike();
    let stopped = frugal.by.newest_run();
    assert_eq!((&stopped["id"], &stopped["state"]), (&run["id"], &json!("failed")));
    let total = || {
        let users = frugal.by.admin.get("/api/users").expect(200).json;
        users["pagination"]["totalItems"].as_u64()
    };
    let (before, done) = (total(), stopped["progress"]["done"].as_u64());
    assert!(done < Some(1_100), "{done:?}");
    frugal.strike();
    assert_eq!(total(), before);
    frugal.by.set(&json!({ "ldapEnabled": "true" }));
    let _ = frugal.by.synced();
    assert_eq!(total(), Some(1_101));
    assert_eq!(frugal.by.synced()["progress"]["total"], 0);
}

/// Half a hundred statements stage some 35,000 members.
#[test]
fn groups_whose_members_are_too_many_for_a_request_are_read_some_at_a_time() {
    let frugal = Frugal::with(400, [150, 400]);
    let run = frugal.by.synced();
    let told = (&run["groups"]["create"], &run["memberships"]["add"]);
    assert_eq!(told, (&json!(150), &json!(60_000)));
    let found = frugal.by.admin.get("/api/user-groups?search=g149").expect(200).json;
    assert_eq!(found["data"][0]["userCount"], 400);
    assert_eq!(frugal.by.synced()["progress"]["total"], 0);
}

#[test]
fn a_run_that_never_was_is_not_gone_on_with() {
    let frugal = Frugal::with(1, [0, 0]);
    for run in ["00000000-0000-4000-8000-000000000001", "no-identifier", ""] {
        let reply = frugal.by.admin.post_empty(&format!("{SYNC}?run={run}"));
        assert_eq!(reply.expect(404).code(), "not_found", "{run}");
    }
    assert!(frugal.by.runs().is_empty());
}

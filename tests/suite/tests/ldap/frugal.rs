//! A sync on D1's free plan, which allows a call 50 statements.

use std::sync::Arc;

use directory::Slapd;
use directory::people::group;
use postern_suite::ldap::{Directory, Syncing};
use postern_suite::{Deployment, FaultyDatabase, NativeServer, SETUP_TOKEN, database};

use super::people;

const ALLOWED: usize = 50;

#[test]
fn a_sync_of_many_ends_though_no_request_takes_more_statements_than_the_free_plan_allows() {
    let counted = Arc::new(FaultyDatabase::new(Arc::new(database())));
    let server = NativeServer::start_frugal(Arc::clone(&counted) as _);
    let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
    let by = Syncing { admin: deployment.admin.api_key("sync").1 };
    by.configure();
    let names: Vec<String> = (0..1_200).map(|number| format!("p{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let groups: String = (0..25).map(|number| group(&format!("g{number}"), &names[..40])).collect();
    let slapd = Slapd::with(&format!("{}{groups}", people(&names)));
    let _directory = Directory::beside(slapd, &[], &server.ldap);
    let mut requests = Vec::new();
    let status = loop {
        let _ = counted.batches();
        let status = by.admin.post_empty("/api/application-configuration/sync-ldap").status;
        requests.push(counted.batches().iter().sum::<usize>());
        if status != 202 || requests.len() > 40 {
            break status;
        }
    };
    assert_eq!(status, 204, "{requests:?}");
    assert!(requests.iter().all(|statements| *statements <= ALLOWED), "{requests:?}");
    assert_eq!(by.newest_run()["users"]["create"], 1_200);
    assert_eq!(by.members("g24").expect("a group").len(), 40);
}

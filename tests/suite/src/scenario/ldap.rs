use std::fmt::Write as _;

use directory::Middleman;
use directory::people::{dn, group, person};
use serde_json::json;

use crate::ldap::{Directory, Syncing};
use crate::{Deployment, SCHEDULE_KEY};

/// More people than one request applies.
const PEOPLE: usize = 1_500;

/// A directory of many, all of whom come, change and go.
pub(super) fn every_route(deployment: &Deployment, ldap: &Middleman) {
    let names: Vec<String> = (0..PEOPLE).map(|number| format!("entry{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut ldif: String = names.iter().map(|name| person(name)).collect();
    ldif.push_str(&group("everybody", &names));
    let directory = Directory::with(&ldif, ldap);
    let by = Syncing { admin: deployment.admin.client.clone() };
    by.configure();
    by.set(&json!({ "ldapMaxRemovedUsers": "100000", "ldapMaxRemovedPercent": "100" }));
    let _ = by.test().expect(200);
    let plan = by.preview();
    let _ = by.apply(&plan).expect(204);
    directory.slapd.modify(&all_different(&names));
    let run = by.synced();
    assert_eq!(run["users"]["update"], PEOPLE);
    look(deployment, run["id"].as_str().expect("an id"));
    let bearer = format!("Bearer {SCHEDULE_KEY}");
    let clock = deployment.client().with_header("authorization", &bearer);
    let status = clock.post_empty("/api/scheduled/ldap").status;
    assert!((200..300).contains(&status), "{status}");
    by.set(&json!({ "ldapEnabled": "false" }));
}

fn all_different(names: &[&str]) -> String {
    names.iter().fold(String::new(), |mut text, name| {
        let dn = dn(name);
        let _ = write!(text, "dn: {dn}\nchangetype: modify\nreplace: cn\ncn: New {name}\n\n");
        text
    })
}

fn look(deployment: &Deployment, run: &str) {
    let admin = &deployment.admin.client;
    let _ = admin.get("/api/ldap/runs").expect(200);
    let _ = admin.get("/api/ldap/runs?pagination[limit]=100").expect(200);
    let _ = admin.get(&format!("/api/ldap/runs/{run}")).expect(200);
    for query in ["", "?pagination[limit]=100", "?filters[action]=update"] {
        let _ = admin.get(&format!("/api/ldap/runs/{run}/changes{query}")).expect(200);
    }
    let _ = admin.get(&format!("/api/ldap/runs/{run}/changes.csv")).expect(200);
}

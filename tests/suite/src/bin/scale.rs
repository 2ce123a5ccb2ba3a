//! What lists of users read, and how long they take, on 1,000, 100,000 and 1,000,000 users.
//! `cargo xtask bench scale` runs it.

#![expect(clippy::expect_used, reason = "a bench that cannot go on must fail loudly")]

use std::sync::Arc;

use platform::Database;
use platform::native::NativeDatabase;
use postern_suite::{Client, Deployment, NativeServer, SETUP_TOKEN, crowd, database};
use serde_json::Value;

const SIZES: [u32; 3] = [1_000, 100_000, 1_000_000];

/// Requests a figure is the best of.
const TIMES: usize = 5;

fn main() {
    println!(
        "{:<58} {:>10} {:>9} {:>8} {:>8} {:>8}",
        "list", "users", "returned", "rows", "beyond", "ms"
    );
    for users in SIZES {
        let database = Arc::new(database());
        let server = NativeServer::start(Arc::clone(&database) as Arc<dyn Database>, "off");
        let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
        fill(&database, users);
        for query in queries(users) {
            measure(&server, &deployment.admin.client, users, &query);
        }
    }
}

/// In portions: one statement over a million rows would keep all their search entries in memory.
fn fill(database: &NativeDatabase, users: u32) {
    for first in (0..users).step_by(100_000) {
        crowd(database, first + 1, users.min(first + 100_000));
    }
    let group = format!(
        "INSERT INTO user_groups (id, name, friendly_name, created_at, updated_at) \
           VALUES ('{GROUP}', 'crowd', 'Crowd', 1, 1); \
         INSERT INTO user_group_members (user_id, group_id, username) \
           SELECT id, '{GROUP}', username FROM users"
    );
    database.migrate(&group).expect("the group comes");
}

/// A group of everybody.
const GROUP: &str = "00000000-0000-4000-b000-000000000001";

fn queries(users: u32) -> Vec<String> {
    let last_page = users / 20;
    let middle = 100;
    vec![
        format!("filters[userGroupId]={GROUP}"),
        format!("filters[userGroupId]={GROUP}&sort[column]=username&sort[direction]=desc"),
        "search=carl&filters[isAdmin]=true".to_owned(),
        "filters[disabled]=false&filters[isAdmin]=true".to_owned(),
        String::new(),
        "sort[column]=username&sort[direction]=desc".to_owned(),
        format!("sort[column]=lastName&pagination[page]={middle}"),
        format!("sort[column]=email&pagination[page]={last_page}"),
        "search=crowd77".to_owned(),
        format!("search=crowd{users}"),
        "search=example.com&sort[column]=username".to_owned(),
        "search=cr".to_owned(),
        "filters[disabled]=true&sort[column]=username".to_owned(),
        "filters[disabled]=false".to_owned(),
        "filters[isAdmin]=true".to_owned(),
        "filters[hasPasskey]=false&sort[direction]=desc".to_owned(),
        "search=carl&filters[disabled]=true".to_owned(),
    ]
}

fn measure(server: &NativeServer, client: &Client, users: u32, query: &str) {
    let path = format!("/api/users?{query}");
    let mut lines = Vec::new();
    let mut page = Vec::new();
    for _ in 0..TIMES {
        page = client.get(&path).expect(200).json["data"].as_array().cloned().unwrap_or_default();
        lines.extend(server.ledger.lines().pop());
    }
    // The first call pays for the plans that the native database examines; the best one does not.
    let best = |member: &str| lines.iter().filter_map(|line| line[member].as_u64()).min();
    let (rows, took_ms) = (best("rowsRead").unwrap_or(0), best("ms").unwrap_or(0));
    // A user's group is returned, too: a membership and a group.
    let groups = |user: &Value| user["userGroups"].as_array().map_or(0, Vec::len);
    let (returned, groups) = (page.len(), page.iter().map(groups).sum::<usize>());
    let beyond = rows.saturating_sub((returned + 2 * groups) as u64);
    println!("{query:<58} {users:>10} {returned:>9} {rows:>8} {beyond:>8} {took_ms:>8}");
}

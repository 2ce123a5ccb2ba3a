use std::sync::Arc;

use http_api::Declared;
use platform::Database;
use platform::native::NativeDatabase;

use crate::scenario::every_route;
use crate::{Deployment, NativeServer, SETUP_TOKEN, database, declared};

/// How many users stand in the database that routes are weighed on: a scan would show.
const CROWD: u32 = 3000;

/// The group of a thousand of them; those who stand on the first pages are in none.
pub(crate) const CROWD_GROUP: &str = "00000000-0000-4000-8000-00000000c0de";

/// One of the crowd, to whom mails wait.
pub(crate) const CROWD_READER: &str = "00000000-0000-4000-8000-000000000001";

/// How many.
pub(crate) const CROWD_MAILS: u32 = 150;

/// What a route declares and what it took at most.
pub struct RouteCost {
    /// The declaration.
    pub declared: Declared,
    /// How often the scenario called it.
    pub calls: usize,
    /// Most trips of a call.
    pub trips: u64,
    /// Most rows read by a call.
    pub rows: u64,
}

impl RouteCost {
    /// Whether the route was called and kept to its declaration. A list may read, besides, what
    /// each returned item is made of.
    pub fn within(&self) -> bool {
        self.calls > 0
            && self.trips <= self.declared.cost.trips
            && self.rows <= self.declared.cost.rows
    }
}

/// Weighs every route on a database with a crowd in it.
///
/// # Panics
/// When the deployment cannot be served.
pub fn costs() -> Vec<RouteCost> {
    let database = Arc::new(database());
    let server = NativeServer::start(Arc::clone(&database) as Arc<dyn Database>, "off");
    let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
    crowd(&database, 1, CROWD);
    crowd_group(&database);
    many_groups(&database);
    crowd_history(&database);
    crowd_mails(&database);
    every_route(&deployment, &server.ldap);
    let lines = server.ledger.lines();
    declared()
        .into_iter()
        .map(|declared| {
            let of_route = lines.iter().filter(|line| {
                line["route"] == declared.path && line["method"] == declared.method.as_str()
            });
            let most = |member: &str| {
                of_route.clone().filter_map(|line| line[member].as_u64()).max().unwrap_or(0)
            };
            let (trips, rows, calls) = (most("trips"), most("rowsRead"), of_route.clone().count());
            RouteCost { declared, calls, trips, rows }
        })
        .collect()
}

/// Puts the users with these numbers in the database, every third of them disabled.
///
/// # Panics
/// When they do not fit.
pub fn crowd(database: &NativeDatabase, first: u32, last: u32) {
    let insert = format!(
        "WITH RECURSIVE n (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) \
         INSERT INTO users (id, username, email, email_key, first_name, last_name, display_name, \
           disabled, created_at, updated_at) \
         SELECT printf('00000000-0000-4000-8000-%012d', i), 'crowd' || i, \
           'crowd' || i || '@example.com', 'crowd' || i || '@example.com', \
           'Carl', 'Crowd' || i, 'Carl Crowd' || i, i % 3 = 0, i, i FROM n"
    );
    database.migrate(&insert).expect("the crowd comes");
}

/// A group of a thousand of the crowd.
fn crowd_group(database: &NativeDatabase) {
    let group = format!(
        "INSERT INTO user_groups (id, name, friendly_name, created_at, updated_at) \
           VALUES ('{CROWD_GROUP}', 'crowd', 'Crowd', 1, 1); \
         INSERT INTO user_group_members (user_id, group_id) \
           SELECT id, '{CROWD_GROUP}' FROM users WHERE username LIKE 'crowd2___'"
    );
    database.migrate(&group).expect("the group comes");
}

/// A thousand groups that one search finds.
fn many_groups(database: &NativeDatabase) {
    let groups = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000) \
         INSERT INTO user_groups (id, name, friendly_name, created_at, updated_at) \
         SELECT printf('00000000-0000-4000-b000-%012d', i), 'team' || i, 'Team ' || i, i, i FROM n";
    database.migrate(groups).expect("the groups come");
}

/// Mails to one of the crowd.
fn crowd_mails(database: &NativeDatabase) {
    let insert = format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {CROWD_MAILS}) \
         INSERT INTO outbox (id, kind, user_id, to_address, to_name, data, created_at, due_at) \
         SELECT printf('00000000-0000-4000-a000-%012d', i), 'newSignIn', '{CROWD_READER}', \
           'crowd1@example.com', 'Carl Crowd1', '{{}}', unixepoch() * 1000, i FROM n"
    );
    database.migrate(&insert).expect("mails wait");
}

/// An entry of the audit log about each of the crowd.
fn crowd_history(database: &NativeDatabase) {
    let insert = format!(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {CROWD}) \
         INSERT INTO audit_entries (id, created_at, event, actor_id, actor_username, user_id, \
           username, ip_address, user_agent, data) \
         SELECT printf('00000000-0000-4000-9000-%012d', i), unixepoch() * 1000 - i, \
           iif(i % 2, 'ACCOUNT_CREATED', 'SIGN_IN'), a.id, a.username, \
           printf('00000000-0000-4000-8000-%012d', iif(i % 3, 1, i)), 'crowd' || i, \
           '203.0.113.7', '', '{{}}' FROM n, users a WHERE a.is_admin = 1"
    );
    database.migrate(&insert).expect("the crowd has done something");
}

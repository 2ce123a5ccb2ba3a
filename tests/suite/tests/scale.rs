//! Lists where there are many users: what is read stays small, and nothing is missed.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

use std::sync::Arc;

use platform::Database;
use postern_suite::{Deployment, NativeServer, SETUP_TOKEN, crowd, database};
use serde_json::{Value, json};

/// More than the number up to which every match is read.
const CROWD: u32 = 2500;

/// Rows that a page of twenty may read beyond what it returns.
const BEYOND: u64 = 60;

struct Scene {
    deployment: Deployment,
    server: NativeServer,
}

impl Scene {
    fn new() -> Self {
        let database = Arc::new(database());
        let server = NativeServer::start(Arc::clone(&database) as Arc<dyn Database>, "off");
        let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
        crowd(&database, 1, CROWD);
        Self { deployment, server }
    }

    /// A list; what it read beyond the returned users is within bounds.
    fn list(&self, query: &str) -> Value {
        let list =
            self.deployment.admin.client.get(&format!("/api/users?{query}")).expect(200).json;
        let line = self.server.ledger.lines().pop().expect("a line");
        let users = list["data"].as_array().expect("a list");
        let groups = |user: &Value| user["userGroups"].as_array().map_or(0, Vec::len);
        // A user's group is a membership and a group.
        let of_groups = 2 * users.iter().map(groups).sum::<usize>() as u64;
        let returned = users.len() as u64;
        // On a longer page each user counts twice: in the index and in the table.
        let returned = if returned > 20 { 2 * returned } else { returned };
        let read = line["rowsRead"].as_u64().expect("a number");
        let beyond = read.saturating_sub(returned + of_groups);
        assert!(beyond <= BEYOND, "{query}: {beyond} rows beyond {returned}");
        list
    }
}

fn usernames(list: &Value) -> Vec<&str> {
    let users = list["data"].as_array().expect("a list");
    users.iter().map(|user| user["username"].as_str().expect("a name")).collect()
}

#[test]
fn a_page_a_search_and_a_filter_read_no_more_than_they_must() {
    let scene = Scene::new();
    for query in [
        "",
        "sort[column]=lastName&sort[direction]=desc",
        "sort[column]=isAdmin&pagination[page]=2",
        "sort[column]=email&pagination[page]=126",
        "search=crowd17",
        "search=crowd&sort[column]=username",
        "search=cr",
        "filters[disabled]=true&sort[column]=username",
        "filters[disabled]=false",
        "filters[hasPasskey]=false&sort[direction]=desc",
        "filters[isAdmin]=true",
    ] {
        let _ = scene.list(query);
    }
}

#[test]
fn a_search_with_few_matches_is_ordered_and_counted() {
    let scene = Scene::new();
    let found = scene.list("search=crowd249&sort[column]=username&sort[direction]=desc");
    assert_eq!(usernames(&found)[..3], ["crowd2499", "crowd2498", "crowd2497"]);
    assert_eq!(found["pagination"]["totalItems"], 11);
    assert_eq!(found["pagination"]["totalIsExact"], true);
    assert!(found["nextCursor"].is_null());
}

#[test]
fn a_search_with_many_matches_says_so_and_goes_on() {
    let scene = Scene::new();
    let mut met = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = scene.list(&format!("search=crowd1&pagination[limit]=100{cursor}"));
        met.extend(usernames(&page).iter().map(|name| (*name).to_owned()));
        let Some(next) = page["nextCursor"].as_str() else { break };
        assert_eq!(page["pagination"]["totalIsExact"], false);
        cursor = format!("&pagination[cursor]={next}");
    }
    let count = met.len();
    met.sort();
    met.dedup();
    assert_eq!((met.len(), count), (1111, 1111), "crowd1, crowd10–19, 100–199, 1000–1999");
}

/// A group of five far apart, found among everybody by a term that all have.
#[test]
fn a_rare_combination_comes_in_pieces_of_which_none_reads_much_and_nothing_is_missed() {
    let scene = Scene::new();
    let admin = &scene.deployment.admin.client;
    let ids: Vec<_> =
        [3, 700, 701, 1900, 2499].map(|i| format!("00000000-0000-4000-8000-{i:012}")).into();
    let group = admin.post("/api/user-groups", &json!({ "friendlyName": "Few", "name": "few" }));
    let group = group.expect(201).text_of("id");
    let members = format!("/api/user-groups/{group}/users");
    let _ = admin.post(&members, &json!({ "userIds": ids })).expect(200);
    let expected = ["crowd3", "crowd700", "crowd701", "crowd1900", "crowd2499"];
    for (path, pieces) in [
        (format!("/api/users?filters[userGroupId]={group}&search=crowd"), 2..=6),
        (format!("{members}?search=example.com"), 2..=6),
        (format!("{members}?search=cr"), 1..=1),
        (format!("/api/users?filters[userGroupId]={group}&filters[hasPasskey]=false"), 1..=1),
    ] {
        let (mut met, mut cursor, mut count) = (Vec::new(), String::new(), 0);
        loop {
            let page = admin.get(&format!("{path}{cursor}")).expect(200).json;
            let line = scene.server.ledger.lines().pop().expect("a line");
            assert!(line["rowsRead"].as_u64().expect("a number") <= 2_200, "{path}: {line}");
            met.extend(usernames(&page).iter().map(|name| (*name).to_owned()));
            count += 1;
            let Some(next) = page["nextCursor"].as_str() else { break };
            cursor = format!("&pagination[cursor]={next}");
        }
        met.sort_by_key(|name| name["crowd".len()..].parse::<u32>().expect("a number"));
        assert_eq!(met, expected, "{path}");
        assert!(pieces.contains(&count), "{path}: {count} pieces");
    }
}

#[test]
fn a_filter_alone_knows_how_many_there_are() {
    let scene = Scene::new();
    let disabled = scene.list("filters[disabled]=true");
    assert_eq!(disabled["pagination"]["totalItems"], CROWD / 3);
    assert_eq!(disabled["pagination"]["totalIsExact"], true);
    let enabled = scene.list("filters[disabled]=false");
    assert_eq!(enabled["pagination"]["totalItems"], CROWD - CROWD / 3 + 1);
    assert!(enabled["nextCursor"].is_string());
}

//! Lists where there are many users: what is read stays small, and nothing is missed.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

use std::sync::Arc;

use platform::Database;
use platform::native::NativeDatabase;
use postern_suite::{Deployment, NativeServer, SETUP_TOKEN, crowd, database};
use serde_json::{Value, json};

/// More than the number up to which every match is read.
const CROWD: u32 = 2500;

/// Rows that a page of twenty may read beyond what it returns.
const BEYOND: u64 = 60;

/// Of a part of the crowd.
const GROUP: &str = "00000000-0000-4000-b000-000000000001";

struct Scene {
    database: Arc<NativeDatabase>,
    deployment: Deployment,
    server: NativeServer,
}

impl Scene {
    fn new() -> Self {
        let database = Arc::new(database());
        let server = NativeServer::start(Arc::clone(&database) as Arc<dyn Database>, "off");
        let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
        crowd(&database, 1, CROWD);
        Self { database, deployment, server }
    }

    /// A group of the first so many of the crowd, or of all.
    fn many_in_a_group(&self, first: Option<u32>) {
        let group = format!(
            "INSERT INTO user_groups (id, name, friendly_name, created_at, updated_at) \
               VALUES ('{GROUP}', 'crowd', 'Crowd', 1, 1); \
             INSERT INTO user_group_members (user_id, group_id) SELECT id, '{GROUP}' FROM users \
               WHERE username LIKE 'crowd%' ORDER BY seq LIMIT {}",
            first.unwrap_or(CROWD)
        );
        self.database.migrate(&group).expect("the group comes");
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
    scene.many_in_a_group(None);
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
        &format!("filters[userGroupId]={GROUP}"),
        &format!("filters[userGroupId]={GROUP}&sort[column]=username&sort[direction]=desc"),
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

/// Each of the crowd has done one of four things, many times.
fn history(database: &NativeDatabase) {
    let insert = "INSERT INTO audit_entries (id, created_at, event, actor_id, actor_username, user_id, \
           username, ip_address, user_agent, data) \
         SELECT printf('00000000-0000-4000-%04d-%012d', n.value, u.seq), unixepoch() * 1000 - u.seq - n.value, 'E' || (u.seq % 4), \
           b.id, b.username, a.id, a.username, '203.0.113.7', '', '{}' \
         FROM users u, json_each('[1,2,3,4]') n, users a, users b \
         WHERE a.username = 'crowd' || (1 + u.seq % 2) AND b.username = 'crowd' || (1 + u.seq % 3)";
    database.migrate(insert).expect("the crowd has done something");
}

#[test]
fn every_page_of_the_log_that_an_index_serves_reads_no_more_than_it_must() {
    let database = Arc::new(database());
    let server = NativeServer::start(Arc::clone(&database) as Arc<dyn Database>, "off");
    let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
    crowd(&database, 1, CROWD);
    history(&database);
    let somebody = "00000000-0000-4000-8000-000000000001";
    for (filter, found) in [
        (String::new(), true),
        ("filters[event]=E1".to_owned(), true),
        ("filters[event][0]=E1&filters[event][1]=E2".to_owned(), true),
        (format!("filters[userID]={somebody}"), true),
        (format!("filters[actorID]={somebody}"), true),
        (format!("filters[userID]={somebody}&filters[event]=E2"), true),
        (format!("filters[userID]={somebody}&filters[event]=E1"), false),
        (format!("filters[actorID]={somebody}&filters[event]=E1"), true),
        (format!("filters[actorID]={somebody}&filters[event][0]=E1&filters[event][1]=E3"), true),
        (
            format!(
                "filters[event]=E1&filters[actorID]={somebody}&filters[from]=2020-01-01T00:00:00Z"
            ),
            true,
        ),
    ] {
        let mut cursor = String::new();
        for limit in [20_u64, 100, 100] {
            let path = format!("/api/audit-logs/all?{filter}&pagination[limit]={limit}{cursor}");
            let list = deployment.admin.client.get(&path).expect(200).json;
            let line = server.ledger.lines().pop().expect("a line");
            let returned = list["data"].as_array().map_or(0, Vec::len) as u64;
            assert_eq!(returned, if found { limit } else { 0 }, "{path}");
            // Each entry counts twice: in the index and in the table.
            let beyond = line["rowsRead"].as_u64().expect("a number").saturating_sub(2 * returned);
            assert!(beyond <= BEYOND, "{path}: {beyond} rows beyond {returned}");
            let next = list["nextCursor"].as_str();
            assert_eq!(next.is_some(), found, "{path}");
            cursor = next.map_or_else(String::new, |next| format!("&pagination[cursor]={next}"));
        }
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

/// Everybody a list names, by cursor and by page number as far as it says that there are pages.
fn walked(scene: &Scene, query: &str) -> (Vec<String>, Vec<String>) {
    let get = |more: &str| {
        scene.deployment.admin.client.get(&format!("/api/users?{query}{more}")).expect(200).json
    };
    let (mut by_cursor, mut by_number) = (Vec::new(), Vec::new());
    let mut more = String::new();
    loop {
        let page = get(&more);
        by_cursor.extend(usernames(&page).into_iter().map(str::to_owned));
        let Some(next) = page["nextCursor"].as_str() else { break };
        more = format!("&pagination[cursor]={next}");
    }
    for number in 1.. {
        let page = get(&format!("&pagination[page]={number}"));
        by_number.extend(usernames(&page).into_iter().map(str::to_owned));
        let pages = page["pagination"]["totalPages"].as_u64().expect("a number");
        if number >= pages {
            break;
        }
    }
    (by_cursor, by_number)
}

#[test]
fn a_walk_meets_each_person_once_whichever_way_it_goes() {
    let scene = Scene::new();
    scene.many_in_a_group(Some(1500));
    let group = format!("filters[userGroupId]={GROUP}");
    for (query, expected) in [
        ("search=cr&pagination[limit]=100", 2500),
        ("search=cr&sort[column]=username&sort[direction]=desc&pagination[limit]=100", 2500),
        ("filters[disabled]=true&sort[column]=lastName&pagination[limit]=100", 833),
        ("search=crowd24&sort[column]=username&sort[direction]=desc", 111),
        ("search=crowd249&sort[column]=username&pagination[limit]=6", 11),
        ("search=crowd249&sort[column]=username&pagination[limit]=5", 11),
        (&format!("{group}&sort[direction]=desc&pagination[limit]=100"), 1500),
        (&format!("{group}&search=crowd24&pagination[limit]=10"), 11),
    ] {
        let (mut by_cursor, mut by_number) = walked(&scene, query);
        by_number.sort();
        by_cursor.sort();
        for met in [&mut by_cursor, &mut by_number] {
            let count = met.len();
            met.dedup();
            assert_eq!((met.len(), count), (expected, expected), "{query}");
        }
        assert_eq!(by_cursor, by_number, "{query}");
    }
}

#[test]
fn the_order_of_the_index_is_the_order_asked_for_where_they_are_the_same() {
    let scene = Scene::new();
    scene.many_in_a_group(None);
    for query in ["search=cr".to_owned(), format!("filters[userGroupId]={GROUP}")] {
        let page = scene.list(&format!("{query}&sort[column]=username&sort[direction]=desc"));
        assert_eq!(usernames(&page)[..3], ["crowd999", "crowd998", "crowd997"]);
        let next = page["nextCursor"].as_str().expect("a next page");
        let page = scene.list(&format!(
            "{query}&sort[column]=username&sort[direction]=desc&pagination[cursor]={next}"
        ));
        assert_eq!(usernames(&page)[..2], ["crowd980", "crowd98"]);
    }
}

#[test]
fn two_filters_and_a_search_for_somebody_rare_read_no_more_than_a_window() {
    let scene = Scene::new();
    let rare = "UPDATE users SET is_admin = 1 WHERE username IN ('crowd2400', 'crowd2403'); \
        UPDATE users SET ldap_id = id WHERE username = 'crowd2403'";
    scene.database.migrate(rare).expect("they are");
    for (query, expected) in [
        ("filters[isAdmin]=true&filters[disabled]=true", 2),
        ("filters[disabled]=false&filters[isLdap]=true", 0),
    ] {
        assert_eq!(usernames(&scene.list(query)).len(), expected, "{query}");
    }
    let (mut met, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let path = format!("/api/users?search=carl&filters[isAdmin]=true{cursor}");
        let page = scene.deployment.admin.client.get(&path).expect(200).json;
        let read = scene.server.ledger.lines().pop().expect("a line")["rowsRead"].clone();
        assert!(read.as_u64().expect("a number") < 1600, "{read}");
        met.extend(usernames(&page).into_iter().map(str::to_owned));
        pages += 1;
        let Some(next) = page["nextCursor"].as_str() else { break };
        assert_eq!(page["pagination"]["totalIsExact"], false);
        cursor = format!("&pagination[cursor]={next}");
    }
    assert_eq!((met, pages), (vec!["crowd2400".to_owned(), "crowd2403".to_owned()], 6));
}

#[test]
fn a_page_of_people_in_many_groups_is_told_whole() {
    let scene = Scene::new();
    let groups = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 110) \
        INSERT INTO user_groups (id, name, friendly_name, created_at, updated_at) \
        SELECT printf('00000000-0000-4000-a000-%012d', i), 'group' || i, \
          printf('%.60c', 'n'), 1, 1 FROM n; \
        INSERT INTO user_group_members (user_id, group_id) SELECT u.id, g.id \
        FROM users u, user_groups g WHERE u.username GLOB 'crowd1[0-9][0-9]'";
    scene.database.migrate(groups).expect("they are in them");
    let (mut all, client) = (0, &scene.deployment.admin.client);
    for path in [
        "/api/users?pagination[limit]=100&pagination[page]=2",
        "/api/users?pagination[limit]=100&search=crowd1",
        "/api/users?pagination[limit]=100&search=cr&sort[column]=username",
        "/api/user-groups/00000000-0000-4000-a000-000000000001/users?pagination[limit]=100",
    ] {
        let page = client.get(path).expect(200).json;
        let users = page["data"].as_array().expect("a list");
        let in_many = users
            .iter()
            .filter(|user| user["userGroups"].as_array().is_none_or(|groups| groups.len() == 110));
        assert_eq!(users.len(), 100, "{path}");
        all += in_many.count();
    }
    assert!(all > 290, "{all}");
}

//! Lists of users: filters, cursors, pages from either end.

use postern_suite::{Deployment, unique};
use serde_json::{Value, json};

fn usernames(list: &Value) -> Vec<String> {
    let users = list["data"].as_array().expect("a list");
    users.iter().map(|user| user["username"].as_str().expect("a name").to_owned()).collect()
}

/// Five users with a last name of their own: two disabled, one administrator, one verified.
fn family(deployment: &Deployment) -> String {
    let family = format!("family{}x", unique());
    for (i, name) in ["eve", "Bob", "ann", "Dan", "cat"].into_iter().enumerate() {
        let body = json!({
            "username": format!("{name}.{family}"), "email": format!("{name}@{family}.example"),
            "firstName": name, "lastName": family, "disabled": i < 2, "isAdmin": i == 2,
            "emailVerified": i == 3,
        });
        let _ = deployment.admin.client.post("/api/users", &body).expect(201);
    }
    family
}

fn list(deployment: &Deployment, query: &str) -> Value {
    deployment.admin.client.get(&format!("/api/users?{query}")).expect(200).json
}

/// A cursor as part of an address: it holds a name, which may hold anything.
fn encoded(cursor: &str) -> String {
    cursor.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}

/// All pages by cursor, page by page.
fn walk(deployment: &Deployment, query: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = list(deployment, &format!("{query}{cursor}"));
        pages.push(usernames(&page));
        match page["nextCursor"].as_str() {
            Some(next) => cursor = format!("&pagination[cursor]={}", encoded(next)),
            None => return pages,
        }
        assert!(pages.len() < 10_000, "the walk must end");
    }
}

#[test]
fn a_short_search_finds_names_whatever_they_begin_with_and_however_they_are_typed() {
    let deployment = Deployment::shared();
    let n = unique();
    let body = json!({
        "username": format!("short{n}"), "email": format!("Qx{n}@example.com"),
        "firstName": "Émile", "lastName": "Ünal",
    });
    let id = deployment.admin.client.post("/api/users", &body).expect(201).json["id"].clone();
    for term in ["Ém", "E\u{301}m", "\u{dc}", "ÜN", "qx", "QX", "É"] {
        let path = format!(
            "/api/users?pagination[limit]=100&sort[direction]=desc&sort[column]=createdAt&search={}",
            urlencoded(term)
        );
        let list = deployment.admin.client.get(&path).expect(200).json;
        let found = list["data"].as_array().expect("a list").iter().any(|user| user["id"] == id);
        assert!(found, "{term}: {list}");
    }
}

fn urlencoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}

#[test]
fn filters_narrow_what_a_search_finds_and_count_it() {
    let deployment = Deployment::shared();
    let family = family(deployment);
    for (filter, names) in [
        ("filters[disabled]=true", vec!["Bob", "eve"]),
        ("filters[disabled]=false&sort[direction]=desc", vec!["Dan", "cat", "ann"]),
        ("filters[isAdmin]=true", vec!["ann"]),
        ("filters[emailVerified][0]=true", vec!["Dan"]),
        ("filters[disabled]=true&filters[isAdmin]=true", vec![]),
        ("filters[hasPasskey]=true", vec![]),
        ("filters[isLdap]=false", vec!["ann", "Bob", "cat", "Dan", "eve"]),
        (
            "filters[disabled][0]=true&filters[disabled][1]=false&filters[colour]=red",
            vec!["ann", "Bob", "cat", "Dan", "eve"],
        ),
    ] {
        let found = list(deployment, &format!("search={family}&sort[column]=firstName&{filter}"));
        let expected: Vec<_> = names.iter().map(|name| format!("{name}.{family}")).collect();
        assert_eq!(usernames(&found), expected, "{filter}");
        assert_eq!(found["pagination"]["totalItems"], names.len(), "{filter}");
        assert_eq!(found["pagination"]["totalIsExact"], true, "{filter}");
    }
}

#[test]
fn a_filter_without_a_search_shows_only_such_users() {
    let deployment = Deployment::shared();
    let member = deployment.member();
    let with_passkey = walk(deployment, "filters[hasPasskey]=true&pagination[limit]=100").concat();
    assert!(with_passkey.contains(&member.user["username"].as_str().expect("a name").to_owned()));
    let without = list(deployment, "filters[hasPasskey]=false&filters[userGroupId]=nobody");
    assert_eq!(without["data"], json!([]));
}

#[test]
fn a_walk_by_cursor_meets_everybody_once_in_every_order() {
    let deployment = Deployment::shared();
    let family = family(deployment);
    for column in ["username", "email", "lastName", "createdAt", "isAdmin", "disabled"] {
        for direction in ["asc", "desc"] {
            let order = format!("sort[column]={column}&sort[direction]={direction}");
            let found = walk(deployment, &format!("search={family}&{order}&pagination[limit]=2"));
            assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1], "{order}");
            let everybody = walk(deployment, &format!("{order}&pagination[limit]=7")).concat();
            let mut once = everybody.clone();
            once.sort();
            once.dedup();
            assert_eq!(once.len(), everybody.len(), "{order}");
            let ours = |names: &[String]| -> Vec<String> {
                names.iter().filter(|name| name.ends_with(&family)).cloned().collect()
            };
            assert_eq!(ours(&everybody), found.concat(), "{order}");
        }
    }
}

#[test]
fn pages_from_either_end_are_the_same_as_the_walk() {
    let deployment = Deployment::shared();
    let _ = family(deployment);
    // Others come in meanwhile: the order is one in which they come last.
    let order = "sort[column]=createdAt&sort[direction]=asc&pagination[limit]=3";
    let walked = walk(deployment, order);
    for number in [1, 2, walked.len() / 2, walked.len() / 2 + 1, walked.len() - 1] {
        let page = list(deployment, &format!("{order}&pagination[page]={number}"));
        assert_eq!(usernames(&page), walked[number - 1], "page {number} of {}", walked.len());
    }
}

#[test]
fn a_cursor_that_is_none_is_refused_by_name() {
    let deployment = Deployment::shared();
    let reply = deployment.admin.client.get("/api/users?pagination[cursor]=x").expect(400);
    assert_eq!(reply.code(), "validation_failed");
    assert_eq!(reply.json["details"]["fields"][0]["field"], "cursor");
}

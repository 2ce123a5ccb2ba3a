use std::thread;

use postern_suite::{Client, Deployment, Reply, unique};
use serde_json::{Value, json};

pub(crate) const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

pub(crate) fn put(client: &Client, path: &str, body: &Value) -> Reply {
    client.send("PUT", path, Some(body.to_string().as_bytes()))
}

pub(crate) fn id(record: &Value) -> &str {
    record["id"].as_str().expect("an id")
}

pub(crate) fn new_group(deployment: &Deployment) -> Value {
    let number = unique();
    let body =
        json!({ "friendlyName": format!("Group {number}"), "name": format!("group{number}") });
    deployment.admin.client.post("/api/user-groups", &body).expect(201).json
}

pub(crate) fn path_of(group: &Value) -> String {
    format!("/api/user-groups/{}", id(group))
}

pub(crate) fn set_members(deployment: &Deployment, group: &Value, users: &[&Value]) -> Reply {
    let ids: Vec<_> = users.iter().map(|user| id(user)).collect();
    let path = format!("{}/users", path_of(group));
    put(&deployment.admin.client, &path, &json!({ "userIds": ids }))
}

fn names(list: &Value) -> Vec<String> {
    let groups = list["data"].as_array().expect("a list");
    groups.iter().map(|group| group["name"].as_str().expect("a name").to_owned()).collect()
}

/// Field and code of everything wrong, as `field: code`.
pub(crate) fn wrong(reply: &Reply) -> Vec<String> {
    let fields = reply.json["details"]["fields"].as_array().expect("fields");
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    fields.iter().map(|field| text(&field["field"]) + ": " + &text(&field["code"])).collect()
}

#[test]
fn a_group_is_made_read_renamed_and_deleted() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let number = unique();
    let body = json!({ "friendlyName": "Zo\u{308}e's", "name": format!("z{number}"), "other": 1 });
    let group = admin.post("/api/user-groups", &body).expect(201).json;
    let expected = json!({
        "id": group["id"], "friendlyName": "Z\u{f6}e's", "name": format!("z{number}"),
        "customClaims": [], "ldapId": null, "createdAt": group["createdAt"], "userCount": 0,
        "ldapManaged": false, "users": [], "allowedOidcClients": [],
    });
    assert_eq!(group, expected);
    assert_eq!(admin.get(&path_of(&group)).expect(200).json, group);
    let body = json!({ "friendlyName": "Yves", "name": format!("y{number}") });
    let renamed = put(admin, &path_of(&group), &body).expect(200).json;
    assert_eq!((&renamed["friendlyName"], &renamed["id"]), (&json!("Yves"), &group["id"]));
    assert_eq!(put(admin, &path_of(&group), &body).expect(200).json, renamed);
    let _ = admin.delete(&path_of(&group)).expect(204);
    for reply in [
        admin.get(&path_of(&group)),
        admin.delete(&path_of(&group)),
        put(admin, &path_of(&group), &body),
    ] {
        let reply = reply.expect(404);
        assert_eq!(
            (reply.code(), reply.text_of("error")),
            ("not_found", "User group not found".to_owned())
        );
    }
}

#[test]
fn a_group_in_a_list_has_the_contracts_fields_and_counts_its_members() {
    let deployment = Deployment::shared();
    let group = new_group(deployment);
    let _ = set_members(deployment, &group, &[&deployment.new_user()]).expect(200);
    let search = group["name"].as_str().expect("a name");
    let listed = deployment.admin.client.get(&format!("/api/user-groups?search={search}"));
    let expected = json!({
        "id": group["id"], "friendlyName": group["friendlyName"], "name": group["name"],
        "customClaims": [], "userCount": 1, "ldapId": null, "createdAt": group["createdAt"],
    });
    assert_eq!(listed.expect(200).json["data"], json!([expected]));
}

#[test]
fn names_are_kept_from_both_sides_of_their_limits_and_all_named_at_once() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let group = new_group(deployment);
    let least = format!("{:02}", unique() % 100);
    let most = format!("{:010}{}", unique(), "é".repeat(245));
    for (friendly_name, name) in [("é".repeat(2), least), ("é".repeat(50), most)] {
        let body = json!({ "friendlyName": friendly_name, "name": name });
        let reply = admin.post("/api/user-groups", &body);
        assert!(matches!(reply.status, 201 | 409), "{}", reply.text);
    }
    let long = |max: usize| "é".repeat(max + 1);
    for (friendly_name, name, code) in [
        (json!(null), json!("  "), "required"),
        (json!(""), json!(""), "required"),
        (json!("é"), json!("n"), "too_short"),
        (json!(long(50)), json!(long(255)), "too_long"),
        (json!("a\u{0}b"), json!("a\nb"), "invalid_format"),
    ] {
        let body = json!({ "friendlyName": friendly_name, "name": name });
        for reply in [admin.post("/api/user-groups", &body), put(admin, &path_of(&group), &body)] {
            let both = [format!("friendlyName: {code}"), format!("name: {code}")];
            assert_eq!(wrong(&reply.expect(400)), both, "{body}");
        }
    }
    assert_eq!(wrong(&admin.post("/api/user-groups", &json!({})).expect(400)).len(), 2);
    assert_eq!(admin.get(&path_of(&group)).expect(200).json, group);
}

#[test]
fn names_that_show_nothing_or_turn_the_text_around_them_are_refused() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    for name in ["\u{200b}\u{200b}", "\u{2060} \u{feff}", "ab\u{202e}c", "\u{2066}abc"] {
        let body = json!({ "friendlyName": name, "name": name });
        let reply = admin.post("/api/user-groups", &body).expect(400);
        assert_eq!(wrong(&reply), ["friendlyName: invalid_format", "name: invalid_format"]);
        let number = unique();
        let body = json!({
            "username": format!("odd{number}"), "email": format!("odd{number}@example.com"),
            "firstName": name, "lastName": name, "displayName": name,
        });
        let reply = admin.post("/api/users", &body).expect(400);
        let fields = ["firstName", "lastName", "displayName"];
        assert_eq!(wrong(&reply), fields.map(|field| format!("{field}: invalid_format")));
    }
}

#[test]
fn a_name_is_taken_once_also_when_it_is_spelled_in_other_code_points() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let (one, other, number) = (new_group(deployment), new_group(deployment), unique());
    let taken = |reply: Reply| {
        let reply = reply.expect(409);
        assert_eq!(reply.code(), "already_in_use");
        assert_eq!(reply.text_of("error"), "Name is already in use");
        assert_eq!(reply.json["details"]["property"], "name");
    };
    let same = json!({ "friendlyName": "Other", "name": one["name"] });
    taken(admin.post("/api/user-groups", &same));
    taken(put(admin, &path_of(&other), &same));
    assert_eq!(admin.get(&path_of(&other)).expect(200).json, other);
    let spelled =
        |name: &str| json!({ "friendlyName": "Spelled", "name": format!("{name}{number}") });
    let _ = admin.post("/api/user-groups", &spelled("\u{f6}")).expect(201);
    taken(admin.post("/api/user-groups", &spelled("o\u{308}")));
    let _ = put(admin, &path_of(&one), &json!({ "friendlyName": "Mine", "name": one["name"] }))
        .expect(200);
}

#[test]
fn of_twenty_creations_of_one_name_at_once_one_succeeds() {
    let deployment = Deployment::shared();
    let body = json!({ "friendlyName": "Race", "name": format!("race{}", unique()) });
    let attempts: Vec<_> = (0..20)
        .map(|_| (deployment.admin.client.clone(), body.clone()))
        .map(|(client, body)| thread::spawn(move || client.post("/api/user-groups", &body).status))
        .collect();
    let statuses: Vec<_> = attempts.into_iter().map(|a| a.join().expect("no panic")).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 19, "{statuses:?}");
}

#[test]
fn groups_are_found_by_both_names_sorted_and_paged() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let number = unique();
    let mut groups = Vec::new();
    for (name, friendly) in [("Zoo", "apes"), ("arts", "Boxes"), ("Math", "cakes")] {
        let body = json!({ "friendlyName": format!("{friendly} fr{number}x"), "name": format!("{name}.na{number}x") });
        groups.push(admin.post("/api/user-groups", &body).expect(201).json);
    }
    let _ = set_members(deployment, &groups[1], &[&deployment.new_user()]).expect(200);
    let list = |query: &str| {
        let found = admin.get(&format!("/api/user-groups?{query}")).expect(200).json;
        names(&found)
            .iter()
            .map(|name| name.split('.').next().expect("a name").to_owned())
            .collect::<Vec<_>>()
    };
    let of = |search: &str, column: &str| {
        list(&format!("search={search}{number}x&sort[column]={column}"))
    };
    assert_eq!(of("na", "name"), ["arts", "Math", "Zoo"]);
    assert_eq!(of("FR", "friendlyName"), ["Zoo", "arts", "Math"]);
    assert_eq!(of("na", "createdAt"), ["Zoo", "arts", "Math"]);
    assert_eq!(of("na", "password"), ["Zoo", "arts", "Math"]);
    assert_eq!(
        list(&format!("search=na{number}x&sort[column]=userCount&sort[direction]=desc"))[0],
        "arts"
    );
    let page = admin.get(&format!(
        "/api/user-groups?search=na{number}x&pagination[limit]=2&pagination[page]=9"
    ));
    let pagination = &page.expect(200).json["pagination"];
    assert_eq!((&pagination["totalPages"], &pagination["currentPage"]), (&json!(2), &json!(2)));
    assert!(list(&format!("search=a%25{number}")).is_empty());
    assert!(list(&format!("search=na{number}_")).is_empty());
    assert!(list("search=%22%22%22").is_empty());
}

#[test]
fn a_walk_by_cursor_meets_every_group_once_in_every_order() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let number = unique();
    for name in ["eve", "Bob", "ann", "Dan", "cat"] {
        let body = json!({ "friendlyName": "Same.name", "name": format!("{name}.walk{number}x") });
        let _ = admin.post("/api/user-groups", &body).expect(201);
    }
    let ours = |names: &[String]| -> Vec<String> {
        names.iter().filter(|name| name.ends_with(&format!("walk{number}x"))).cloned().collect()
    };
    for column in ["name", "friendlyName", "createdAt", "userCount"] {
        for direction in ["asc", "desc"] {
            let order = format!("sort[column]={column}&sort[direction]={direction}");
            let found = walk(admin, &format!("search=walk{number}x&{order}&pagination[limit]=2"));
            assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1], "{order}");
            let everybody = walk(admin, &format!("{order}&pagination[limit]=7")).concat();
            assert_eq!(ours(&everybody), found.concat(), "{order}");
        }
    }
    let by_name = walk(admin, &format!("search=walk{number}x&sort[column]=name")).concat();
    assert_eq!(
        by_name.iter().map(|name| &name[..3]).collect::<Vec<_>>(),
        ["ann", "Bob", "cat", "Dan", "eve"]
    );
    for cursor in ["x", "1", "x.y", ""] {
        let reply = admin.get(&format!("/api/user-groups?pagination[cursor]={cursor}")).expect(400);
        assert_eq!(wrong(&reply), ["cursor: invalid_format"]);
    }
}

/// All pages by cursor, page by page.
fn walk(client: &Client, query: &str) -> Vec<Vec<String>> {
    let mut pages = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = client.get(&format!("/api/user-groups?{query}{cursor}")).expect(200).json;
        pages.push(names(&page));
        match page["nextCursor"].as_str() {
            Some(next) => cursor = format!("&pagination[cursor]={}", next.replace(' ', "+")),
            None => return pages,
        }
        assert!(pages.len() < 10_000, "the walk must end");
    }
}

#[test]
fn short_searches_match_the_beginning_of_either_name() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let number = unique();
    for (friendly, name) in [("\u{1F600}\u{1F601}a", "qx"), ("Qx", "\u{1F600}\u{1F601}b")] {
        let body = json!({ "friendlyName": friendly, "name": format!("{name}{number}") });
        let _ = admin.post("/api/user-groups", &body).expect(201);
    }
    for search in ["%F0%9F%98%80%F0%9F%98%81", "qx", "QX"] {
        let found = admin.get(&format!("/api/user-groups?search={search}&pagination[limit]=100"));
        let found = names(&found.expect(200).json);
        let ours = found.iter().filter(|name| name.ends_with(&number.to_string())).count();
        assert_eq!(ours, 2, "{search}: {found:?}");
    }
}

#[test]
fn groups_of_nobody_are_not_found() {
    let admin = &Deployment::shared().admin.client;
    for nobody in [NOBODY, "x", "me"] {
        let groups = admin.get(&format!("/api/users/{nobody}/groups")).expect(404);
        assert_eq!(groups.code(), "user_not_found");
        let body = json!({ "userGroupIds": [NOBODY] });
        let set = put(admin, &format!("/api/users/{nobody}/user-groups"), &body).expect(404);
        assert_eq!(set.code(), "user_not_found");
        let body = json!({ "userIds": [NOBODY] });
        let set = put(admin, &format!("/api/user-groups/{nobody}/users"), &body).expect(404);
        assert_eq!(set.code(), "not_found");
    }
}

#[test]
fn only_administrators_see_and_change_groups() {
    let deployment = Deployment::shared();
    let (person, group) = (deployment.newcomer(), new_group(deployment));
    let own = format!("/api/users/{}", person.id());
    for (method, path) in [
        ("GET", "/api/user-groups".to_owned()),
        ("POST", "/api/user-groups".to_owned()),
        ("GET", path_of(&group)),
        ("PUT", path_of(&group)),
        ("DELETE", path_of(&group)),
        ("GET", format!("{}/users", path_of(&group))),
        ("PUT", format!("{}/users", path_of(&group))),
        ("POST", format!("{}/users", path_of(&group))),
        ("DELETE", format!("{}/users/{}", path_of(&group), person.id())),
        ("PUT", format!("{}/allowed-oidc-clients", path_of(&group))),
        ("GET", format!("{own}/groups")),
        ("PUT", format!("{own}/user-groups")),
    ] {
        let body = (method != "GET" && method != "DELETE").then_some(b"{}".as_slice());
        let send = |client: &Client| client.send(method, &path, body);
        assert_eq!(send(&person.client).expect(403).code(), "forbidden", "{method} {path}");
        assert_eq!(
            send(&deployment.client()).expect(401).code(),
            "not_signed_in",
            "{method} {path}"
        );
    }
    let _ = deployment.admin.client.get(&path_of(&group)).expect(200);
}

use std::thread;

use postern_suite::{Deployment, Reply, unique};
use serde_json::{Value, json};

use super::groups::{NOBODY, id, new_group, path_of, put, set_members, wrong};

fn usernames(users: &Value) -> Vec<String> {
    let users = users.as_array().expect("an array");
    users.iter().map(|user| user["username"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn a_groups_members_are_replaced_as_a_set() {
    let deployment = Deployment::shared();
    let (group, users) = (new_group(deployment), [0; 3].map(|_| deployment.new_user()));
    let named = |reply: Reply| {
        let reply = reply.expect(200).json;
        assert_eq!(reply["userCount"], reply["users"].as_array().map_or(0, Vec::len));
        usernames(&reply["users"])
    };
    let expected = |of: &[usize]| {
        of.iter()
            .map(|i| users[*i]["username"].as_str().expect("a name").to_owned())
            .collect::<Vec<_>>()
    };
    let set = |of: &[&Value]| named(set_members(deployment, &group, of));
    assert_eq!(set(&[&users[1], &users[0], &users[1]]), expected(&[0, 1]));
    assert_eq!(set(&[&users[2], &users[1]]), expected(&[1, 2]));
    assert_eq!(set(&[&users[2], &users[1]]), expected(&[1, 2]));
    let of_user =
        deployment.admin.client.get(&format!("/api/users/{}", id(&users[1]))).expect(200).json;
    assert_eq!(of_user["userGroups"][0]["id"], group["id"]);
    assert_eq!(of_user["userGroups"][0]["userCount"], 0);
    assert_eq!(set(&[]), expected(&[]));
}

#[test]
fn unknown_members_refuse_the_whole_and_are_named() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let (group, user) = (new_group(deployment), deployment.new_user());
    let _ = set_members(deployment, &group, &[&user]).expect(200);
    let users = format!("{}/users", path_of(&group));
    let unknown = json!({ "userIds": [NOBODY, id(&user)] });
    for reply in [put(admin, &users, &unknown), admin.post(&users, &unknown)] {
        let reply = reply.expect(400);
        assert_eq!(reply.json["details"]["ids"], json!([NOBODY]));
        assert_eq!(wrong(&reply), ["userIds: not_found"]);
    }
    assert_eq!(admin.get(&path_of(&group)).expect(200).json["userCount"], 1);
    let many: Vec<_> = (0..10_001).map(|i| format!("00000000-0000-4000-8000-{i:012}")).collect();
    let reply = put(admin, &users, &json!({ "userIds": many })).expect(400);
    assert_eq!(wrong(&reply), ["userIds: too_long"]);
    let reply = put(admin, &users, &json!({ "userIds": many[..10_000] })).expect(400);
    assert_eq!(reply.json["details"]["ids"].as_array().map(Vec::len), Some(100));
}

#[test]
fn a_set_must_be_given_and_consist_of_ids() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let (group, user) = (new_group(deployment), deployment.new_user());
    let clients = format!("{}/allowed-oidc-clients", path_of(&group));
    for (path, field) in [
        (format!("{}/users", path_of(&group)), "userIds"),
        (format!("/api/users/{}/user-groups", id(&user)), "userGroupIds"),
        (clients.clone(), "oidcClientIds"),
    ] {
        for body in [json!({}), json!({ field: null })] {
            assert_eq!(
                wrong(&put(admin, &path, &body).expect(400)),
                [format!("{field}: required")]
            );
        }
        for body in [json!({ field: "x" }), json!([]), json!({ field: [7] })] {
            assert_eq!(
                put(admin, &path, &body).expect(400).code(),
                "invalid_request_body",
                "{body}"
            );
        }
    }
    let allowed = put(admin, &clients, &json!({ "oidcClientIds": [] })).expect(200).json;
    assert_eq!(allowed, group);
    let refused = put(admin, &clients, &json!({ "oidcClientIds": ["x"] })).expect(400);
    assert_eq!(wrong(&refused), ["oidcClientIds: invalid_format"]);
}

#[test]
fn members_are_added_and_taken_out_one_by_one() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let (group, users) = (new_group(deployment), [0; 2].map(|_| deployment.new_user()));
    let path = format!("{}/users", path_of(&group));
    let _ = set_members(deployment, &group, &[&users[0]]).expect(200);
    for _ in 0..2 {
        let added = admin.post(&path, &json!({ "userIds": [id(&users[1])] })).expect(200).json;
        assert_eq!(added["userCount"], 2);
    }
    for _ in 0..2 {
        let _ = admin.delete(&format!("{path}/{}", id(&users[0]))).expect(204);
    }
    let left = admin.get(&path).expect(200).json;
    assert_eq!(left["data"][0]["id"], users[1]["id"]);
    assert_eq!(left["pagination"]["totalItems"], 1);
    assert_eq!(admin.delete(&format!("{path}/{NOBODY}")).expect(404).code(), "user_not_found");
    let nowhere = format!("/api/user-groups/{NOBODY}/users");
    assert_eq!(
        admin.delete(&format!("{nowhere}/{}", id(&users[0]))).expect(404).code(),
        "not_found"
    );
    assert_eq!(admin.post(&nowhere, &json!({ "userIds": [] })).expect(404).code(), "not_found");
    assert_eq!(admin.get(&nowhere).expect(404).code(), "not_found");
}

#[test]
fn a_groups_members_are_paged_by_username() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let (group, number) = (new_group(deployment), unique());
    let users = ["Zed", "amy", "Bob"].map(|name| {
        let body = json!({ "username": format!("{name}{number}"), "email": format!("{name}{number}@example.com") });
        admin.post("/api/users", &body).expect(201).json
    });
    let _ = set_members(deployment, &group, &users.each_ref()).expect(200);
    let page =
        |query: &str| admin.get(&format!("{}/users?{query}", path_of(&group))).expect(200).json;
    let ordered = ["amy", "Bob", "Zed"].map(|name| format!("{name}{number}"));
    assert_eq!(usernames(&page("")["data"]), ordered);
    let end = page("pagination[limit]=2&pagination[page]=7");
    assert_eq!(usernames(&end["data"]), ordered[2..]);
    assert_eq!(end["pagination"]["currentPage"], 2);
    assert!(end["nextCursor"].is_null());
    let first = page("pagination[limit]=2");
    let cursor = first["nextCursor"].as_str().expect("a cursor");
    let next = page(&format!("pagination[limit]=2&pagination[cursor]={cursor}"));
    assert_eq!((&next["data"], &next["nextCursor"]), (&end["data"], &Value::Null));
    assert_eq!(page("pagination[cursor]=%F0%9F%98%80")["data"], json!([]));
    assert_eq!(usernames(&admin.get(&path_of(&group)).expect(200).json["users"]), ordered);
}

#[test]
fn members_are_found_by_their_names_and_nobody_else_is() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let (group, number) = (new_group(deployment), unique());
    let mut users = Vec::new();
    for (name, display) in
        [("wen", "Zoë Ñandú"), ("Ann", "مريم"), ("bob", "Zoë Ñandú"), ("out", "Zoë")]
    {
        let body = json!({
            "username": format!("{name}.found{number}x"), "email": format!("{name}{number}@example.com"),
            "firstName": "Fo", "lastName": format!("Und{number}"), "displayName": format!("{display} {number}"),
        });
        users.push(admin.post("/api/users", &body).expect(201).json);
    }
    let _ = set_members(deployment, &group, &[&users[0], &users[1], &users[2]]).expect(200);
    let path = format!("{}/users", path_of(&group));
    let search = |query: &str| admin.get(&format!("{path}?search={query}")).expect(200).json;
    let found = |query: &str| -> Vec<String> {
        let list = search(query);
        let names = usernames(&list["data"]);
        assert_eq!(list["pagination"]["totalItems"], names.len(), "{query}");
        names.iter().map(|name| name[..3].to_owned()).collect()
    };
    assert_eq!(found(&format!("found{number}x")), ["Ann", "bob", "wen"]);
    assert_eq!(found(&format!("zo%C3%AB%20%C3%B1and%C3%BA%20{number}")), ["bob", "wen"]);
    assert_eq!(found(&format!("%D9%85%D8%B1%D9%8A%D9%85%20{number}")), ["Ann"]);
    assert_eq!(found("w"), ["wen"]);
    assert_eq!(found("fo"), ["Ann", "bob", "wen"]);
    assert_eq!(found(&format!("out.found{number}x")), [""; 0]);
    assert_eq!(found("%25"), [""; 0]);
    let page = search(&format!("found{number}x&pagination[limit]=2"));
    assert_eq!((usernames(&page["data"]).len(), &page["pagination"]["totalItems"]), (2, &json!(3)));
    let next = page["nextCursor"].as_str().expect("a cursor");
    let rest = search(&format!("found{number}x&pagination[limit]=2&pagination[cursor]={next}"));
    assert_eq!(usernames(&rest["data"]), [format!("wen.found{number}x")]);
    assert!(rest["nextCursor"].is_null());
    let reply = admin.get(&format!("{path}?search=wen&pagination[cursor]=x")).expect(400);
    assert_eq!(wrong(&reply), ["cursor: invalid_format"]);
    for unknown in [NOBODY, "x"] {
        let _ = admin.get(&format!("/api/user-groups/{unknown}/users?search=wen")).expect(404);
    }
    let person = deployment.newcomer();
    let _ = person.client.get(&format!("{path}?search=wen&pagination[cursor]=x")).expect(403);
    let _ = deployment.client().get(&format!("{path}?search=wen")).expect(401);
}

#[test]
fn a_users_groups_are_replaced_as_a_set() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let (user, groups) = (deployment.new_user(), [0; 2].map(|_| new_group(deployment)));
    let path = format!("/api/users/{}/user-groups", id(&user));
    let set = |of: &[&Value]| {
        let ids: Vec<_> = of.iter().map(|group| id(group)).collect();
        let reply = put(admin, &path, &json!({ "userGroupIds": ids })).expect(200).json;
        assert_eq!(reply["id"], user["id"]);
        reply["userGroups"].as_array().expect("an array").clone()
    };
    assert_eq!(set(&[&groups[0], &groups[1], &groups[0]]).len(), 2);
    assert_eq!(set(&[&groups[1]])[0]["id"], groups[1]["id"]);
    let listed = admin.get(&format!("/api/users/{}/groups", id(&user))).expect(200).json;
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    assert_eq!(listed[0]["users"][0]["id"], user["id"]);
    assert_eq!(listed[0], admin.get(&path_of(&groups[1])).expect(200).json);
    let unknown = json!({ "userGroupIds": [NOBODY, id(&groups[0])] });
    let reply = put(admin, &path, &unknown).expect(400);
    assert_eq!(reply.json["details"]["ids"], json!([NOBODY]));
    assert_eq!(set(&[&groups[1]]).len(), 1);
    assert!(set(&[]).is_empty());
    assert_eq!(admin.get(&format!("/api/users/{}/groups", id(&user))).expect(200).json, json!([]));
}

#[test]
fn of_two_sets_at_once_one_is_what_remains() {
    let deployment = Deployment::shared();
    let group = new_group(deployment);
    let users: Vec<_> = (0..6).map(|_| deployment.new_user()).collect();
    let ids: Vec<_> = users.iter().map(|user| id(user).to_owned()).collect();
    let path = format!("{}/users", path_of(&group));
    let attempts: Vec<_> = (0..12)
        .map(|i| if i % 2 == 0 { ids[..3].to_vec() } else { ids[3..].to_vec() })
        .map(|ids| (deployment.admin.client.clone(), path.clone(), json!({ "userIds": ids })))
        .map(|(client, path, body)| thread::spawn(move || put(&client, &path, &body)))
        .collect();
    for attempt in attempts {
        let reply = attempt.join().expect("no panic").expect(200);
        assert_eq!(reply.json["users"].as_array().map(Vec::len), Some(3));
    }
    let left = deployment.admin.client.get(&path_of(&group)).expect(200).json;
    assert_eq!(left["userCount"], 3);
    let left: Vec<_> =
        left["users"].as_array().expect("users").iter().map(|user| id(user).to_owned()).collect();
    assert!(
        ids[..3].iter().all(|id| left.contains(id)) || ids[3..].iter().all(|id| left.contains(id))
    );
}

#[test]
fn a_deleted_groups_members_stay_without_it() {
    let deployment = Deployment::shared();
    let (group, user) = (new_group(deployment), deployment.new_user());
    let _ = set_members(deployment, &group, &[&user]).expect(200);
    let _ = deployment.admin.client.delete(&path_of(&group)).expect(204);
    let user = deployment.admin.client.get(&format!("/api/users/{}", id(&user))).expect(200).json;
    assert_eq!(user["userGroups"], json!([]));
}

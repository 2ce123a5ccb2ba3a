use postern_suite::{Deployment, unique};
use serde_json::{Value, json};

fn usernames(list: &Value) -> Vec<String> {
    let users = list["data"].as_array().expect("a list");
    users.iter().map(|user| user["username"].as_str().expect("a name").to_owned()).collect()
}

#[test]
fn a_created_user_can_be_read_and_found() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let body = json!({
        "username": "Grace.Hopper", "email": "Grace@Example.com", "emailVerified": true,
        "firstName": "Grace", "lastName": "Hopper", "isAdmin": false, "locale": "en",
    });
    let created = admin.post("/api/users", &body).expect(201).json;
    assert_eq!(created["displayName"], "Grace Hopper");
    assert_eq!(created["email"], "Grace@Example.com");
    assert_eq!(created["passkeyCount"], 0);
    assert!(created["lastSignInAt"].is_null());
    let id = created["id"].as_str().expect("an id");
    assert_eq!(admin.get(&format!("/api/users/{id}")).expect(200).json, created);
    for search in ["hopper", "ACE.HOP", "e@exam", "gr", "\"%_"] {
        let path = format!("/api/users?search={}", search.replace('%', "%25").replace('"', "%22"));
        let found = usernames(&admin.get(&path).expect(200).json);
        assert_eq!(found.contains(&"Grace.Hopper".to_owned()), !search.contains('%'), "{search}");
    }
}

#[test]
fn a_display_name_made_of_long_names_can_be_sent_back_however_the_user_was_made() {
    let admin = &Deployment::shared().admin.client;
    let (first, last, number) = ("é".repeat(50), "ü".repeat(50), unique());
    let body = json!({
        "username": format!("long{number}"), "email": format!("long{number}@example.com"),
        "firstName": first, "lastName": last,
    });
    let _ = admin.post("/api/users", &body).expect(201);
    let row = json!([{
        "username": format!("longer{number}"), "email": format!("longer{number}@example.com"),
        "firstName": first, "lastName": last,
    }]);
    let _ = admin.post("/api/users/import", &row).expect(200);
    for name in ["long", "longer"] {
        let found = admin.get(&format!("/api/users?search={name}{number}")).expect(200).json;
        let user = &found["data"][0];
        assert_eq!(user["displayName"], format!("{first} {}", "ü".repeat(49)));
        let path = format!("/api/users/{}", user["id"].as_str().expect("an id"));
        let _ = admin.put(&path, user).expect(200);
    }
}

#[test]
fn names_and_addresses_are_unique_ignoring_case_and_the_address_is_named_first() {
    let deployment = Deployment::shared();
    let user = deployment.new_user();
    let upper = |member: &str| user[member].as_str().expect("text").to_uppercase();
    let conflict = |body: &Value| {
        let reply = deployment.admin.client.post("/api/users", body).expect(409);
        assert_eq!(reply.code(), "already_in_use");
        (reply.text_of("error"), reply.json["details"]["property"].clone())
    };
    let number = unique();
    let both = json!({ "username": upper("username"), "email": upper("email") });
    assert_eq!(conflict(&both), ("Email is already in use".to_owned(), json!("email")));
    let name = json!({ "username": upper("username"), "email": format!("x{number}@example.com") });
    assert_eq!(conflict(&name), ("Username is already in use".to_owned(), json!("username")));
    let id = json!({
        "id": user["id"], "username": format!("x{number}"), "email": format!("x{number}@example.com"),
    });
    assert_eq!(conflict(&id), ("ID is already in use".to_owned(), json!("id")));
}

#[test]
fn of_many_creations_of_one_name_at_once_one_succeeds() {
    let deployment = Deployment::shared();
    let number = unique();
    let attempts: Vec<_> = (0..20)
        .map(|i| {
            let client = deployment.admin.client.clone();
            let body = json!({
                "username": format!("race{number}"), "email": format!("race{number}-{i}@example.com"),
            });
            std::thread::spawn(move || client.post("/api/users", &body).status)
        })
        .collect();
    let statuses: Vec<_> = attempts.into_iter().map(|a| a.join().expect("no panic")).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 19, "{statuses:?}");
    let found = deployment.admin.client.get(&format!("/api/users?search=race{number}")).expect(200);
    assert_eq!(found.json["pagination"]["totalItems"], 1);
}

#[test]
fn unknown_groups_refuse_the_whole_and_are_named() {
    let deployment = Deployment::shared();
    let number = unique();
    let group = "6b1c2c1e-0000-4000-8000-000000000000";
    let body = json!({
        "username": format!("grouped{number}"), "email": format!("grouped{number}@example.com"),
        "userGroupIds": [group],
    });
    let reply = deployment.admin.client.post("/api/users", &body).expect(400);
    assert_eq!(reply.json["details"]["ids"], json!([group]));
    let found = deployment.admin.client.get(&format!("/api/users?search=grouped{number}"));
    assert_eq!(found.expect(200).json["pagination"]["totalItems"], 0);
}

#[test]
fn lists_page_and_sort_and_pass_over_what_they_do_not_know() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let number = unique();
    for name in ["Zoe", "adam", "Mia"] {
        let body = json!({
            "username": format!("{name}.sort{number}"), "email": format!("{name}{number}@example.com"),
            "firstName": name, "lastName": format!("sort{number}"),
        });
        let _ = admin.post("/api/users", &body).expect(201);
    }
    let list = |query: &str| {
        admin.get(&format!("/api/users?search=sort{number}&{query}")).expect(200).json
    };
    let expected = |names: [&str; 3]| names.map(|name| format!("{name}.sort{number}")).to_vec();
    let ascending = list("sort[column]=firstName&sort[direction]=asc");
    assert_eq!(usernames(&ascending), expected(["adam", "Mia", "Zoe"]));
    let descending = list("sort%5Bcolumn%5D=username&sort%5Bdirection%5D=desc");
    assert_eq!(usernames(&descending), expected(["Zoe", "Mia", "adam"]));
    let unknown = list("sort[column]=password&filters[nothing]=1");
    assert_eq!(usernames(&unknown), expected(["Zoe", "adam", "Mia"]));
    let end = list("pagination[limit]=2&pagination[page]=99&sort[column]=createdAt");
    assert_eq!(usernames(&end), vec![format!("Mia.sort{number}")]);
    let pagination = json!({
        "totalPages": 2, "totalItems": 3, "currentPage": 2, "itemsPerPage": 2,
        "totalIsExact": true,
    });
    assert_eq!(end["pagination"], pagination);
    let none = admin.get("/api/users?search=nobody-at-all").expect(200).json;
    assert_eq!(none["data"], json!([]));
    assert_eq!(none["pagination"]["totalPages"], 1);
}

#[test]
fn only_administrators_see_users() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    for path in ["/api/users", &format!("/api/users/{}", person.id())] {
        assert_eq!(person.client.get(path).expect(403).code(), "forbidden");
        assert_eq!(deployment.client().get(path).expect(401).code(), "not_signed_in");
    }
    let body = json!({ "username": "mallory", "email": "mallory@example.com", "isAdmin": true });
    assert_eq!(person.client.post("/api/users", &body).expect(403).code(), "forbidden");
    assert_eq!(person.client.get("/api/users/me").expect(200).json["id"], person.user["id"]);
}

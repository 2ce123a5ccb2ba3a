//! What changes of groups and claims leave in the audit log, and what the directory forbids: read and
//! set below HTTP, so natively alone.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

use std::sync::Arc;

use platform::native::NativeDatabase;
use platform::{Database, Statement, Value as Cell};
use postern_suite::{Deployment, NativeServer, Reply, SETUP_TOKEN, database};
use serde_json::{Value, json};

struct Native {
    database: Arc<NativeDatabase>,
    deployment: Deployment,
}

fn native() -> Native {
    let database = Arc::new(database());
    let server = NativeServer::start(Arc::clone(&database) as Arc<dyn Database>, "off");
    Native { database, deployment: Deployment::set_up(&server.base_url, SETUP_TOKEN) }
}

impl Native {
    fn put(&self, path: &str, body: &Value) -> Reply {
        self.deployment.admin.client.send("PUT", path, Some(body.to_string().as_bytes()))
    }

    fn new_group(&self, name: &str) -> String {
        let body = json!({ "friendlyName": format!("The {name}"), "name": name });
        self.deployment.admin.client.post("/api/user-groups", &body).expect(201).text_of("id")
    }

    /// Subject and facts of every entry of an event, oldest first.
    fn entries(&self, event: &str) -> Vec<(Value, Value)> {
        let statement = Statement::new(
            "SELECT json_object('user', user_id, 'data', json(data), 'actor', actor_username) \
             FROM audit_entries WHERE event = ?1 ORDER BY created_at, rowid",
            [event.into()],
        );
        let runtime = tokio::runtime::Builder::new_multi_thread().build().expect("a runtime");
        let outcomes = runtime.block_on(self.database.batch(vec![statement])).expect("entries");
        let entry = |row: &Vec<Cell>| {
            let Some(Cell::Text(json)) = row.first() else { return Value::Null };
            serde_json::from_str(json).expect("JSON")
        };
        let entries: Vec<Value> = outcomes[0].rows.iter().map(entry).collect();
        for entry in &entries {
            assert_eq!(entry["actor"], self.deployment.admin.user["username"]);
            let facts = entry["data"].as_object().expect("an object");
            assert!(facts.values().all(Value::is_string), "{entry}");
        }
        entries.into_iter().map(|entry| (entry["user"].clone(), entry["data"].clone())).collect()
    }
}

/// A fact that is JSON itself.
fn fact(data: &Value, name: &str) -> Value {
    serde_json::from_str(data[name].as_str().expect("a string")).expect("JSON")
}

#[test]
fn what_becomes_of_a_group_is_told_before_and_after_and_once() {
    let native = native();
    let admin = &native.deployment.admin.client;
    let (group, _other) = (native.new_group("cooks"), native.new_group("chefs"));
    let path = format!("/api/user-groups/{group}");
    let taken = json!({ "friendlyName": "Cooks", "name": "chefs" });
    let _ = admin.post("/api/user-groups", &taken).expect(409);
    let _ = native.put(&path, &taken).expect(409);
    let after = json!({ "friendlyName": "Cooks", "name": "COOKS" });
    for _ in 0..2 {
        let _ = native.put(&path, &after).expect(200);
    }
    let _ = admin.delete(&path).expect(204);
    let _ = admin.delete(&path).expect(404);
    let before = json!({ "friendlyName": "The cooks", "name": "cooks" });
    let created = native.entries("USER_GROUP_CREATED");
    assert_eq!(created.len(), 2);
    assert_eq!(fact(&created[0].1, "after"), before);
    let updated = native.entries("USER_GROUP_UPDATED");
    assert_eq!(updated.len(), 1);
    assert_eq!(updated[0].1["userGroupId"], json!(group));
    assert_eq!(fact(&updated[0].1, "before"), before);
    assert_eq!(fact(&updated[0].1, "after"), after);
    let deleted = native.entries("USER_GROUP_DELETED");
    assert_eq!((deleted.len(), &deleted[0].1["userCount"]), (1, &json!("0")));
    assert_eq!(fact(&deleted[0].1, "before"), after);
    assert_eq!(deleted[0].1.get("after"), None);
}

#[test]
fn a_group_that_is_gone_is_no_default_of_new_accounts_which_its_entry_tells() {
    let native = native();
    let admin = &native.deployment.admin.client;
    let [one, other] = ["cooks", "chefs"].map(|name| native.new_group(name));
    let stranger = "00000000-0000-4000-8000-000000000000";
    let defaults = |ids: &[&str]| json!({ "signupDefaultUserGroupIDs": json!(ids).to_string() });
    let path = "/api/application-configuration";
    let version = || admin.get(&format!("{path}/all")).expect(200).header("etag").to_owned();
    let chosen = defaults(&[&other, stranger, &one]);
    let _ = native.put(path, &chosen).expect(200);
    let outdated = version();
    let _ = admin.delete(&format!("/api/user-groups/{one}")).expect(204);
    let late = admin.clone().with_header("if-match", &outdated);
    let body = json!({ "accentColor": "red" }).to_string();
    let _ = late.send("PUT", path, Some(body.as_bytes())).expect(412);
    let left = defaults(&[&other, stranger]);
    // Writing what is in force changes nothing.
    let now = version();
    let _ = native.put(path, &left).expect(200);
    assert_eq!(version(), now);
    let _ = native.put(path, &defaults(&[&other])).expect(200);
    let _ = admin.delete(&format!("/api/user-groups/{other}")).expect(204);
    let now = version();
    let _ = native.put(path, &defaults(&[])).expect(200);
    assert_eq!(version(), now);
    let deleted = native.entries("USER_GROUP_DELETED");
    let of = |data: &Value, name: &str| json!({ "signupDefaultUserGroupIDs": fact(data, name)["signupDefaultUserGroupIDs"] });
    assert_eq!(fact(&deleted[0].1, "before")["name"], "cooks");
    assert_eq!(of(&deleted[0].1, "before"), chosen);
    assert_eq!(fact(&deleted[0].1, "after"), left);
    assert_eq!(of(&deleted[1].1, "before"), defaults(&[&other]));
    assert_eq!(fact(&deleted[1].1, "after"), defaults(&[]));
}

#[test]
fn who_came_and_went_is_told_with_its_number_and_nothing_when_nobody_did() {
    let native = native();
    let group = native.new_group("cooks");
    let users = [0; 2].map(|_| native.deployment.new_user()["id"].clone());
    let path = format!("/api/user-groups/{group}/users");
    for ids in [&users[..1], &users[..1], &users[1..]] {
        let _ = native.put(&path, &json!({ "userIds": ids })).expect(200);
    }
    let unknown = json!({ "userIds": ["00000000-0000-4000-8000-000000000000"] });
    let _ = native.put(&path, &unknown).expect(400);
    let one = format!("{path}/{}", users[1].as_str().expect("an id"));
    for _ in 0..2 {
        let _ = native.deployment.admin.client.delete(&one).expect(204);
    }
    let user = users[0].as_str().expect("an id");
    let groups = json!({ "userGroupIds": [group] });
    for _ in 0..2 {
        let _ = native.put(&format!("/api/users/{user}/user-groups"), &groups).expect(200);
    }
    let entries = native.entries("USER_GROUP_MEMBERS_CHANGED");
    let told: Vec<_> = entries[..3]
        .iter()
        .map(|(_, data)| (fact(data, "usersAdded"), fact(data, "usersRemoved")))
        .collect();
    let expected = [
        (json!(users[..1]), json!([])),
        (json!(users[1..]), json!(users[..1])),
        (json!([]), json!(users[1..])),
    ];
    assert_eq!(told, expected);
    assert_eq!(entries[1].1["usersAddedCount"], "1");
    assert_eq!(entries[1].1["usersRemovedCount"], "1");
    assert_eq!(entries[1].1["ldapManaged"], "false");
    let whose: Vec<_> = entries.iter().map(|(user, _)| user.clone()).collect();
    let nobody = Value::Null;
    assert_eq!(
        whose,
        [&users[0], &nobody, &users[1], &users[0]].map(Value::clone),
        "of one: theirs"
    );
    assert_eq!(fact(&entries[3].1, "userGroupsAdded"), json!([group]));
    assert_eq!(entries[3].1["userGroupsRemovedCount"], "0");
}

#[test]
fn the_claims_that_differ_are_told_before_and_after() {
    let native = native();
    let user = native.deployment.new_user();
    let path = format!("/api/custom-claims/user/{}", user["id"].as_str().expect("an id"));
    let claim = |key: &str, value: &str| json!({ "key": key, "value": value });
    let long = "v".repeat(1000);
    let first = json!([claim("a", "1"), claim("b", "2"), claim("c", "3")]);
    let second = json!([claim("b", "2"), claim("c", &long), claim("d", "4")]);
    for claims in [&first, &first, &second] {
        let _ = native.put(&path, claims).expect(200);
    }
    let entries = native.entries("CUSTOM_CLAIMS_CHANGED");
    assert_eq!((entries.len(), &entries[0].0), (2, &user["id"]));
    assert_eq!(fact(&entries[0].1, "before"), json!([]));
    assert_eq!(fact(&entries[0].1, "after"), first);
    assert_eq!(fact(&entries[1].1, "before"), json!([claim("a", "1"), claim("c", "3")]));
    assert_eq!(fact(&entries[1].1, "after"), json!([claim("c", &long[..200]), claim("d", "4")]));
    let group = native.new_group("cooks");
    let _ = native.put(&format!("/api/custom-claims/user-group/{group}"), &first).expect(200);
    let of_group = &native.entries("CUSTOM_CLAIMS_CHANGED")[2];
    assert_eq!((&of_group.0, &of_group.1["userGroup"]), (&Value::Null, &json!("cooks")));
}

#[test]
fn a_group_of_the_directory_is_neither_renamed_nor_deleted_while_the_directory_is_in_use() {
    let native = native();
    let admin = &native.deployment.admin.client;
    let (group, user) = (native.new_group("cooks"), native.deployment.new_user());
    let path = format!("/api/user-groups/{group}");
    let renamed = json!({ "friendlyName": "Other", "name": "other" });
    let directory = |enabled: &str| {
        let sql = format!(
            "UPDATE user_groups SET ldap_id = 'cn=cooks' WHERE id = '{group}'; \
             INSERT INTO configuration (key, value) VALUES ('ldapEnabled', '{enabled}') \
             ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        );
        native.database.migrate(&sql).expect("the directory");
    };
    directory("true");
    for reply in [native.put(&path, &renamed), admin.delete(&path)] {
        assert_eq!(reply.expect(403).code(), "ldap_user_group_update");
    }
    let members = native.put(&format!("{path}/users"), &json!({ "userIds": [user["id"]] }));
    let members = members.expect(200).json;
    assert_eq!((&members["name"], &members["ldapManaged"]), (&json!("cooks"), &json!(true)));
    assert_eq!(native.entries("USER_GROUP_MEMBERS_CHANGED")[0].1["ldapManaged"], "true");
    assert!(native.entries("USER_GROUP_UPDATED").is_empty());
    directory("false");
    assert_eq!(native.put(&path, &renamed).expect(200).json["ldapManaged"], false);
    let _ = admin.delete(&path).expect(204);
}

#[test]
fn ten_thousand_members_are_set_at_once_and_a_thousand_are_told() {
    let native = native();
    let admin = &native.deployment.admin.client;
    let crowd = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) \
        INSERT INTO users (id, username, email, email_key, created_at, updated_at) \
        SELECT printf('00000000-0000-4000-8000-%012d', i), printf('crowd%05d', i), \
          'c' || i || '@example.com', 'c' || i || '@example.com', i, i FROM n";
    native.database.migrate(crowd).expect("the crowd comes");
    let group = native.new_group("crowd");
    let path = format!("/api/user-groups/{group}");
    let ids: Vec<_> = (1..=10_000).map(|i| format!("00000000-0000-4000-8000-{i:012}")).collect();
    let whole = native.put(&format!("{path}/users"), &json!({ "userIds": ids })).expect(200).json;
    assert_eq!(whole["userCount"], 10_000);
    assert_eq!(whole["users"].as_array().map(Vec::len), Some(1000));
    assert_eq!(whole["users"][999]["username"], "crowd01000");
    let last = admin.get(&format!("{path}/users?pagination[limit]=100&pagination[page]=100"));
    assert_eq!(last.expect(200).json["data"][99]["username"], "crowd10000");
    let of_user = admin.get(&format!("/api/users/{}/groups", ids[0])).expect(200).json;
    assert_eq!(of_user[0]["users"].as_array().map(Vec::len), Some(1000));
    let entry = native.entries("USER_GROUP_MEMBERS_CHANGED").remove(0).1;
    assert_eq!(entry["usersAddedCount"], "10000");
    assert_eq!(fact(&entry, "usersAdded").as_array().map(Vec::len), Some(100));
    let _ = native.put(&format!("{path}/users"), &json!({ "userIds": ids[..1] })).expect(200);
    let _ = admin.delete(&path).expect(204);
}

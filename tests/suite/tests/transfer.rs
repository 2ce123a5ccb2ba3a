//! Imports and exports on a database of one's own: groups, the configuration, the audit log, and as
//! many rows as a file may have.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

use std::fmt::Write as _;
use std::sync::Arc;

use platform::native::NativeDatabase;
use platform::{Database, Statement, Value as Stored};
use postern_suite::{Deployment, NativeServer, Reply, SETUP_TOKEN, crowd, database};
use serde_json::{Value, json};

struct Scene {
    database: Arc<NativeDatabase>,
    server: NativeServer,
    deployment: Deployment,
}

impl Scene {
    fn new() -> Self {
        let database = Arc::new(database());
        let server = NativeServer::start(Arc::clone(&database) as Arc<dyn Database>, "off");
        let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
        Self { database, server, deployment }
    }

    fn sql(&self, sql: &str) {
        self.database.migrate(sql).expect("it runs");
    }

    /// The one value of a statement.
    fn value(&self, sql: &'static str) -> String {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let batch = self.database.batch(vec![Statement::new(sql, [])]);
        let rows = runtime.block_on(batch).expect("it runs").remove(0).rows;
        match rows.first().and_then(|row| row.first()) {
            Some(Stored::Text(text)) => text.clone(),
            Some(Stored::Integer(integer)) => integer.to_string(),
            other => format!("{other:?}"),
        }
    }

    fn import(&self, query: &str, file: &str) -> Reply {
        let client = self.deployment.admin.client.clone().with_header("content-type", "text/csv");
        client.send("POST", &format!("/api/users/import?{query}"), Some(file.as_bytes()))
    }

    fn user(&self, name: &str) -> Value {
        let path = format!("/api/users?search={name}");
        self.deployment.admin.client.get(&path).expect(200).json["data"][0].clone()
    }

    fn groups(&self, name: &str) -> Vec<String> {
        let user = self.user(name);
        let groups = user["userGroups"].as_array().expect("groups");
        let mut names: Vec<_> =
            groups.iter().map(|group| group["name"].as_str().expect("a name").to_owned()).collect();
        names.sort();
        names
    }
}

const GROUPS: &str = "INSERT INTO user_groups (id, name, friendly_name, created_at, updated_at) VALUES \
    ('6b1c2c1e-0000-4000-8000-000000000001', 'staff', 'Staff', 1, 1), \
    ('6b1c2c1e-0000-4000-8000-000000000002', 'R&D; \u{f6}', 'R&D', 1, 1), \
    ('6b1c2c1e-0000-4000-8000-000000000003', 'everybody', 'Everybody', 1, 1)";

const IMPORTS: &str = "SELECT count(*) FROM audit_entries WHERE event = 'USERS_IMPORTED'";
const STAGED: &str = "SELECT count(*) FROM import_rows WHERE import_id > ''";

/// The costs test weighs a smaller file.
fn within_the_declared(line: &Value) {
    let routes = postern_suite::declared();
    let cost = routes.iter().find(|route| line["route"] == route.path).expect("a route").cost;
    assert!(line["trips"].as_u64() <= Some(cost.trips), "{line}");
    assert!(line["rowsRead"].as_u64() <= Some(cost.rows), "{line}");
}

fn outcomes(reply: &Reply) -> Vec<&str> {
    let rows = reply.json["rows"].as_array().expect("rows");
    rows.iter().map(|row| row["outcome"].as_str().expect("an outcome")).collect()
}

fn first_wrong(reply: &Reply) -> (&str, &str) {
    let wrong = &reply.json["rows"][0]["fields"][0];
    (wrong["field"].as_str().unwrap_or_default(), wrong["code"].as_str().unwrap_or_default())
}

#[test]
fn groups_are_those_that_the_row_names_or_else_the_defaults() {
    let scene = Scene::new();
    scene.sql(GROUPS);
    scene.sql(
        "INSERT INTO configuration (key, value) VALUES ('signupDefaultUserGroupIDs', \
         '[\"6b1c2c1e-0000-4000-8000-000000000003\", \"6b1c2c1e-0000-4000-8000-00000000000f\"]'), \
         ('signupDefaultCustomClaims', '[{\"key\":\"team\",\"value\":\"new\"}]')",
    );
    let file = "username,email,groups\none,one@example.com,staff; R&D\\; o\u{308} ;staff\n\
                two,two@example.com,\n";
    assert_eq!(outcomes(&scene.import("", file).expect(200)), ["create", "create"]);
    assert_eq!(scene.groups("one"), ["R&D; \u{f6}", "staff"]);
    assert_eq!(scene.groups("two"), ["everybody"]);
    assert_eq!(scene.user("two")["customClaims"], json!([{ "key": "team", "value": "new" }]));
    let export = scene.deployment.admin.client.get("/api/users/export").expect(200);
    assert!(
        export.text.contains("\"staff;R&D\\; \u{f6}\"")
            || export.text.contains("\"R&D\\; \u{f6};staff\""),
        "{}",
        export.text
    );
    let again = scene.import("onConflict=update", &export.text).expect(200);
    assert_eq!(outcomes(&again), ["skip", "skip", "skip"]);
    let file = "username,groups\none,everybody\ntwo,\n";
    let reply = scene.import("onConflict=update", file).expect(200);
    assert_eq!(outcomes(&reply), ["update", "update"]);
    assert_eq!(scene.groups("one"), ["everybody"]);
    assert!(scene.groups("two").is_empty());
    let counts = "SELECT group_concat(user_count) FROM (SELECT user_count FROM user_groups \
                  WHERE seq > 0 ORDER BY seq)";
    assert_eq!(scene.value(counts), "0,0,1");
}

#[test]
fn whom_the_directory_owns_is_not_changed_while_it_is_synced() {
    let scene = Scene::new();
    crowd(&scene.database, 1, 1);
    scene.sql("UPDATE users SET ldap_id = 'x' WHERE username = 'crowd1'");
    let file = "username,firstName\ncrowd1,New\n";
    scene.sql("INSERT INTO configuration (key, value) VALUES ('ldapEnabled', 'true')");
    let refused = scene.import("onConflict=update", file).expect(200);
    assert_eq!(first_wrong(&refused), ("username", "ldap_user_update"));
    assert_eq!(outcomes(&scene.import("onConflict=skip", file).expect(200)), ["skip"]);
    let same = scene.import("onConflict=update", "username,firstName\ncrowd1,Carl\n").expect(200);
    assert_eq!(outcomes(&same), ["skip"], "nothing would change");
    scene.sql("UPDATE configuration SET value = 'false' WHERE key = 'ldapEnabled'");
    assert_eq!(outcomes(&scene.import("onConflict=update", file).expect(200)), ["update"]);
}

#[test]
fn an_address_is_needed_where_the_configuration_says_so() {
    let scene = Scene::new();
    let without = "username\nnone1\n";
    assert_eq!(first_wrong(&scene.import("", without).expect(200)), ("email", "required"));
    let empty = "username,email\nnone1,\n";
    assert_eq!(first_wrong(&scene.import("", empty).expect(200)), ("email", "required"));
    scene.sql("INSERT INTO configuration (key, value) VALUES ('requireUserEmail', 'false')");
    assert_eq!(outcomes(&scene.import("", without).expect(200)), ["create"]);
    assert_eq!(scene.user("none1")["email"], Value::Null);
    let address = "username,email,emailVerified\nnone1,none1@example.com,true\n";
    assert_eq!(outcomes(&scene.import("onConflict=update", address).expect(200)), ["update"]);
    assert_eq!(scene.user("none1")["emailVerified"], true);
    let other = "username,email\nnone1,other@example.com\n";
    assert_eq!(outcomes(&scene.import("onConflict=update", other).expect(200)), ["update"]);
    assert_eq!(scene.user("none1")["emailVerified"], false, "another address is not verified");
    assert_eq!(outcomes(&scene.import("onConflict=update", empty).expect(200)), ["update"]);
    assert_eq!(scene.user("none1")["email"], Value::Null);
}

#[test]
fn the_audit_log_says_who_imported_and_exported_what() {
    let scene = Scene::new();
    scene.sql(GROUPS);
    crowd(&scene.database, 1, 1);
    let file = "username,email,groups\nnew1,new1@example.com,\ncrowd1,c@example.com,staff\n-,x,\n";
    let entries = "SELECT count(*) FROM audit_entries WHERE created_at > 0";
    let before = scene.value(entries);
    let _ = scene.import("onConflict=update", file).expect(200);
    let _ = scene.import("dryRun=true&mode=each&onConflict=update", file).expect(200);
    let _ = scene.import("", "username,email\ncrowd1,\n").expect(200);
    assert_eq!(scene.value(entries), before, "nothing happened");
    let _ = scene.import("mode=each&onConflict=update", file).expect(200);
    assert_eq!(scene.value(STAGED), "0");
    let data = scene.value("SELECT data FROM audit_entries WHERE event = 'USERS_IMPORTED'");
    let data: Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!(data, json!({ "created": "1", "updated": "1", "skipped": "0", "errors": "1" }));
    let changed = scene.value("SELECT data FROM audit_entries WHERE event = 'USER_UPDATED'");
    let changed: Value = serde_json::from_str(&changed).expect("JSON");
    let state = |member: &str| -> Value {
        serde_json::from_str(changed[member].as_str().expect("text")).expect("JSON in text")
    };
    assert_eq!(changed["method"], "import");
    assert_eq!(state("before")["email"], "crowd1@example.com");
    assert_eq!(state("before")["groups"], json!([]));
    assert_eq!(state("after")["email"], "c@example.com");
    assert_eq!(state("after")["groups"], json!(["staff"]));
    let made = "SELECT username || ' by ' || actor_username FROM audit_entries \
                WHERE event = 'ACCOUNT_CREATED' AND username = 'new1'";
    let admin = scene.deployment.admin.user["username"].as_str().expect("a name");
    assert_eq!(scene.value(made), format!("new1 by {admin}"));
    let exports = "SELECT count(*) FROM audit_entries WHERE event = 'USERS_EXPORTED'";
    assert_eq!(scene.deployment.admin.client.send("HEAD", "/api/users/export", None).status, 200);
    assert_eq!(scene.value(exports), "0");
    let _ = scene.deployment.admin.client.get("/api/users/export").expect(200);
    assert_eq!(scene.value(exports), "1");
}

#[test]
fn ten_thousand_users_come_in_two_trips_and_go_in_pieces() {
    let scene = Scene::new();
    scene.sql(GROUPS);
    let mut file = "username,email,firstName,lastName,locale,groups\n".to_owned();
    for i in 0..10_000 {
        let _ = writeln!(file, "big{i},big{i}@example.com,Bea,Big{i},en,staff");
    }
    for (query, column, count) in
        [("dryRun=true", "create", "0"), ("", "create", "1"), ("onConflict=update", "skip", "1")]
    {
        let reply = scene.import(query, &file).expect(200);
        let line = scene.server.ledger.lines().pop().expect("a line");
        println!("import {query:?}: {line}");
        assert_eq!(reply.json["summary"][column], 10_000);
        within_the_declared(&line);
        assert_eq!(scene.value(IMPORTS), count);
    }
    let changed = file.replace("Bea", "Ben");
    let reply = scene.import("onConflict=update", &changed).expect(200);
    assert_eq!(reply.json["summary"]["update"], 10_000);
    let line = scene.server.ledger.lines().pop().expect("a line");
    println!("update: {line}");
    within_the_declared(&line);
    assert_eq!(scene.value(STAGED), "0");
    let export = scene.deployment.admin.client.get("/api/users/export").expect(200);
    assert_eq!(export.text.lines().count(), 10_002);
    assert_eq!(export.header("content-length"), "", "it is not collected first");
    let export = scene.deployment.admin.client.get("/api/users/export?format=json").expect(200);
    assert_eq!(export.json.as_array().map(Vec::len), Some(10_001));
}

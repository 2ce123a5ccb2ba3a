//! Users in bulk, in and out. What needs groups or a configuration of its own is in `tests/transfer`.

use postern_suite::{Client, Deployment, Reply, unique};
use serde_json::{Value, json};

pub(crate) fn send(client: &Client, query: &str, kind: &str, body: &[u8]) -> Reply {
    let client = client.clone().with_header("content-type", kind);
    client.send("POST", &format!("/api/users/import{query}"), Some(body))
}

pub(crate) fn csv(query: &str, body: &str) -> Reply {
    send(&Deployment::shared().admin.client, query, "text/csv; charset=utf-8", body.as_bytes())
}

pub(crate) fn by_json(query: &str, body: &Value) -> Reply {
    let body = body.to_string();
    send(&Deployment::shared().admin.client, query, "application/json", body.as_bytes())
}

pub(crate) fn find(name: &str) -> Value {
    let path = format!("/api/users?search={name}");
    Deployment::shared().admin.client.get(&path).expect(200).json["data"].clone()
}

pub(crate) fn outcomes(reply: &Reply) -> Vec<String> {
    let rows = reply.json["rows"].as_array().expect("rows");
    rows.iter().map(|row| row["outcome"].as_str().expect("an outcome").to_owned()).collect()
}

/// `field code` of everything wrong with a row.
pub(crate) fn wrong(reply: &Reply, row: usize) -> Vec<String> {
    let fields = reply.json["rows"][row - 1]["fields"].as_array().cloned().unwrap_or_default();
    let text = |field: &Value, name: &str| field[name].as_str().expect("text").to_owned();
    fields.iter().map(|f| format!("{} {}", text(f, "field"), text(f, "code"))).collect()
}

#[test]
fn a_file_makes_users_with_every_field() {
    let n = unique();
    let file = format!(
        "locale,disabled,isAdmin,displayName,lastName,firstName,emailVerified,email,username\r\n\
         pt-BR,TRUE,false,\"N. \"\"N\"\", N.\",\u{645}\u{631}\u{62d}\u{628}\u{627},Jo\u{308}rg,true,\
         Full{n}@Example.com,full{n}\r\n,,,,Last,First,,plain{n}@example.com,plain{n}"
    );
    let reply = csv("", &file).expect(200);
    assert_eq!(reply.json["dryRun"], false);
    assert_eq!(reply.json["applied"], true);
    let summary = json!({ "create": 2, "update": 0, "skip": 0, "error": 0 });
    assert_eq!(reply.json["summary"], summary);
    let user = &find(&format!("full{n}"))[0];
    assert_eq!(reply.json["rows"][0]["id"], user["id"]);
    assert_eq!(reply.json["rows"][0]["row"], 1);
    assert_eq!(reply.json["rows"][0]["username"], format!("full{n}"));
    for (field, value) in [
        ("email", json!(format!("Full{n}@Example.com"))),
        ("emailVerified", json!(true)),
        ("firstName", json!("J\u{f6}rg")),
        ("lastName", json!("\u{645}\u{631}\u{62d}\u{628}\u{627}")),
        ("displayName", json!("N. \"N\", N.")),
        ("isAdmin", json!(false)),
        ("disabled", json!(true)),
        ("locale", json!("pt-BR")),
    ] {
        assert_eq!(user[field], value, "{field}");
    }
    let plain = &find(&format!("plain{n}"))[0];
    assert_eq!(plain["displayName"], "First Last");
    assert_eq!(plain["locale"], Value::Null);
    assert_eq!(plain["disabled"], false);
}

#[test]
fn json_makes_the_same_users() {
    let n = unique();
    let users = json!([
        { "username": format!("js{n}"), "email": format!("js{n}@example.com"), "firstName": "=J",
          "isAdmin": false, "disabled": null, "groups": [], "locale": null, "unknown": 1 },
        { "username": 7, "email": format!("j2{n}@example.com"), "isAdmin": "yes", "groups": "x" },
        [], "x",
        { "username": format!("jx{n}"), "email": format!("JS{n}@example.com") },
    ]);
    let reply = by_json("?mode=each", &users).expect(200);
    assert_eq!(outcomes(&reply), ["create", "error", "error", "error", "error"]);
    assert_eq!(wrong(&reply, 2).len(), 3, "{}", reply.text);
    assert_eq!(wrong(&reply, 3), ["row invalid_format"]);
    assert_eq!(wrong(&reply, 5), ["email already_in_use"]);
    assert_eq!(find(&format!("js{n}"))[0]["displayName"], "=J", "JSON needs no guard");
    for body in ["{}", "[", "[] x", "", "null"] {
        let admin = &Deployment::shared().admin.client;
        let reply = send(admin, "", "application/json", body.as_bytes()).expect(400);
        assert_eq!(reply.code(), "invalid_request_body", "{body}");
    }
}

#[test]
fn a_dry_run_tells_everything_and_writes_nothing() {
    let n = unique();
    let user = Deployment::shared().new_user();
    let name = user["username"].as_str().expect("a name");
    let file = format!("username,firstName,email\ndry{n},A,dry{n}@example.com\n{name},New,\n");
    let reply = csv("?dryRun=true&onConflict=update&mode=each", &file).expect(200);
    assert_eq!(outcomes(&reply), ["create", "error"]);
    assert_eq!(wrong(&reply, 2), ["email required"]);
    assert_eq!((&reply.json["applied"], &reply.json["dryRun"]), (&json!(false), &json!(true)));
    assert!(reply.json["rows"][0].get("id").is_none(), "nobody has it");
    assert_eq!(find(&format!("dry{n}")), json!([]));
    let file = format!("username,firstName\n{name},New\n");
    let reply = csv("?dryRun=true&onConflict=update", &file).expect(200);
    assert_eq!(outcomes(&reply), ["update"]);
    assert_eq!(reply.json["rows"][0]["id"], user["id"]);
    assert_eq!(find(name)[0]["firstName"], "Una");
}

#[test]
fn a_broken_row_in_the_middle_is_its_own_error() {
    let n = unique();
    let user = |i: usize| format!("mid{n}-{i},mid{n}-{i}@example.com");
    let file = format!(
        "username,email\n{}\n\"mid{n}-x,\n{}\nmid{n}-y\n{}\na,b,c\n-,x\n{}\n",
        user(1),
        user(2),
        user(3),
        user(4)
    );
    let expected = ["create", "error", "create", "error", "create", "error", "error", "create"];
    let all = csv("", &file).expect(200);
    assert_eq!(outcomes(&all), expected);
    assert_eq!(all.json["applied"], false);
    assert_eq!(find(&format!("mid{n}")), json!([]), "all or nothing");
    assert_eq!(wrong(&all, 2), ["row invalid_format"]);
    assert_eq!(wrong(&all, 7), ["username invalid_format", "email invalid_format"]);
    let each = csv("?mode=each", &file).expect(200);
    assert_eq!(outcomes(&each), expected);
    assert_eq!(each.json["applied"], true);
    assert_eq!(each.json["summary"]["create"], 4);
    assert_eq!(find(&format!("mid{n}")).as_array().map(Vec::len), Some(4));
}

#[test]
fn who_exists_is_passed_over_or_changed_as_far_as_the_file_speaks() {
    let user = Deployment::shared().new_user();
    let name = user["username"].as_str().expect("a name");
    let file = format!("username,lastName,emailVerified\n{},New,true\n", name.to_uppercase());
    let reply = csv("?onConflict=skip", &file).expect(200);
    assert_eq!(outcomes(&reply), ["skip"]);
    assert_eq!(reply.json["applied"], true);
    assert_eq!(find(name)[0], user);
    let reply = csv("?onConflict=update", &file).expect(200);
    assert_eq!(outcomes(&reply), ["update"]);
    let changed = &find(name)[0];
    for (field, value) in user.as_object().expect("a record") {
        match field.as_str() {
            "lastName" => assert_eq!(changed[field], "New"),
            "emailVerified" => assert_eq!(changed[field], true),
            _ => assert_eq!(&changed[field], value, "{field}"),
        }
    }
    let again = csv("?onConflict=update", &file).expect(200);
    assert_eq!(outcomes(&again), ["skip"], "it is so already");
}

#[test]
fn what_stands_twice_in_a_file_or_belongs_to_another_is_refused() {
    let n = unique();
    let other = Deployment::shared().new_user();
    let theirs = other["email"].as_str().expect("an address").to_uppercase();
    let file = format!(
        "username;email\ntw{n};tw{n}@example.com\nTW{n};tx{n}@example.com\n\
         ty{n};TW{n}@EXAMPLE.com\ntz{n};{theirs}\n"
    );
    let reply = csv("?mode=each", &file).expect(200);
    assert_eq!(outcomes(&reply), ["create", "error", "error", "error"]);
    assert_eq!(wrong(&reply, 2), ["username already_in_use"]);
    assert_eq!(wrong(&reply, 3), ["email already_in_use"]);
    assert_eq!(wrong(&reply, 4), ["email already_in_use"]);
    assert_eq!(reply.json["rows"][3]["fields"][0]["message"], "Email is already in use");
    let file = format!("username,groups\n{},nowhere{n}\n", other["username"].as_str().expect("x"));
    let reply = csv("?onConflict=update", &file).expect(200);
    assert_eq!(wrong(&reply, 1), ["groups not_found"]);
    let message = reply.json["rows"][0]["fields"][0]["message"].as_str().expect("words");
    assert!(message.contains(&format!("nowhere{n}")), "{message}");
}

#[test]
fn nobody_shuts_themselves_out_by_a_file() {
    let deployment = Deployment::shared();
    let me = deployment.admin.user["username"].as_str().expect("a name").to_owned();
    for (column, value) in [("isAdmin", "false"), ("disabled", "true")] {
        let file = format!("username,{column}\n{me},{value}\n");
        let reply = csv("?onConflict=update&mode=each", &file).expect(200);
        assert_eq!(wrong(&reply, 1), [format!("{column} own_account")]);
        assert_eq!(outcomes(&csv("", &file).expect(200)), ["skip"]);
    }
    let _ = deployment.admin.client.get("/api/users").expect(200);
}

#[test]
fn who_is_disabled_by_a_file_is_out_at_once() {
    let deployment = Deployment::shared();
    let person = deployment.member();
    let name = person.user["username"].as_str().expect("a name");
    let _ = person.client.get("/api/users/me").expect(200);
    let reply = csv("?onConflict=update", &format!("username,disabled\n{name},true\n")).expect(200);
    assert_eq!(outcomes(&reply), ["update"]);
    assert_eq!(person.client.get("/api/users/me").expect(401).code(), "not_signed_in");
}

#[test]
fn making_administrators_wants_a_fresh_assertion() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let body = json!({ "username": person.user["username"], "isAdmin": true });
    let reply = by_json("?onConflict=update", &json!([body])).expect(200);
    assert_eq!(outcomes(&reply), ["update"]);
    let n = unique();
    let row = json!([{ "username": format!("su{n}"), "email": format!("su{n}@example.com"),
                       "isAdmin": true }]);
    let row = row.to_string();
    let send = |query: &str| send(&person.client, query, "application/json", row.as_bytes());
    let _ = send("?dryRun=true").expect(200);
    assert_eq!(send("").expect(401).code(), "reauthentication_required");
    let client = person.client.clone();
    let _ = person.sign_in(&client).expect(200);
    let _ = self::send(&client, "", "application/json", row.as_bytes()).expect(200);
    assert_eq!(find(&format!("su{n}"))[0]["isAdmin"], true);
}

#[test]
fn only_administrators_import_and_export() {
    let deployment = Deployment::shared();
    let person = deployment.member();
    for (client, status, code) in
        [(&person.client, 403, "forbidden"), (&deployment.client(), 401, "not_signed_in")]
    {
        let reply = send(client, "", "text/csv", b"username\na\n").expect(status);
        assert_eq!(reply.code(), code);
        assert_eq!(client.get("/api/users/export").expect(status).code(), code);
    }
}

#[test]
fn of_imports_and_creations_of_one_name_at_once_each_user_is_made_once() {
    let deployment = Deployment::shared();
    let n = unique();
    let rows: Vec<_> = (0..50).map(|i| format!("race{n}-{i},race{n}-{i}@example.com")).collect();
    let file = format!("username,email\n{}\n", rows.join("\n"));
    let attempts: Vec<_> = (0..6)
        .map(|i| {
            let (client, file) = (deployment.admin.client.clone(), file.clone());
            std::thread::spawn(move || {
                if i % 2 == 0 {
                    let reply = send(&client, "", "text/csv", file.as_bytes()).expect(200);
                    reply.json["summary"]["create"].as_u64().expect("a number")
                } else {
                    let name = format!("race{n}-{i}");
                    let body = json!({ "username": name, "email": format!("{name}@example.com") });
                    u64::from(client.post("/api/users", &body).status == 201)
                }
            })
        })
        .collect();
    let made: u64 = attempts.into_iter().map(|attempt| attempt.join().expect("no panic")).sum();
    assert_eq!(made, 50);
    let found = deployment.admin.client.get(&format!("/api/users?search=race{n}-")).expect(200);
    assert_eq!(found.json["pagination"]["totalItems"], 50);
}

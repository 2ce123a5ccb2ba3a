//! Changing and deleting users, and what stands against it.

use postern_suite::{Deployment, Person, unique};
use serde_json::{Value, json};

fn path(user: &Value) -> String {
    format!("/api/users/{}", user["id"].as_str().expect("an id"))
}

/// A record with some members changed, as a client sends it back.
fn with(user: &Value, changes: &Value) -> Value {
    let mut body = user.clone();
    for (member, value) in changes.as_object().expect("an object") {
        body[member] = value.clone();
    }
    body
}

/// Another administrator, signed in with a passkey.
fn colleague(deployment: &Deployment) -> Person {
    let person = deployment.member();
    let body = with(&person.user, &json!({ "isAdmin": true }));
    let _ = deployment.admin.client.put(&path(&person.user), &body).expect(200);
    person
}

#[test]
fn a_change_replaces_everything() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let user = deployment.new_user();
    let number = unique();
    let body = json!({
        "username": format!("New.Name{number}"), "email": format!("new{number}@Example.com"),
        "emailVerified": true, "firstName": "Nea", "lastName": "Name", "displayName": "N. N.",
        "disabled": true, "locale": "pt-BR",
    });
    let changed = admin.put(&path(&user), &body).expect(200).json;
    for (member, value) in body.as_object().expect("an object") {
        assert_eq!(&changed[member], value, "{member}");
    }
    assert_eq!(changed["ignoredFields"], json!([]));
    let read = admin.get(&path(&user)).expect(200).json;
    assert_eq!(read["username"], body["username"]);
    let found = admin.get(&format!("/api/users?search=new.name{number}")).expect(200);
    assert_eq!(found.json["pagination"]["totalItems"], 1, "the search follows");
    let least = json!({ "username": user["username"], "email": user["email"] });
    let emptied = admin.put(&path(&user), &least).expect(200).json;
    assert_eq!(emptied["firstName"], "");
    assert_eq!(emptied["disabled"], false);
    assert!(emptied["locale"].is_null());
}

#[test]
fn a_change_to_what_another_has_is_refused_and_nothing_is_written() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let (user, other) = (deployment.new_user(), deployment.new_user());
    let upper = |member: &str| other[member].as_str().expect("text").to_uppercase();
    for (changes, property) in [
        (json!({ "username": upper("username"), "firstName": "X" }), "username"),
        (json!({ "email": upper("email"), "firstName": "X" }), "email"),
    ] {
        let reply = admin.put(&path(&user), &with(&user, &changes)).expect(409);
        assert_eq!(reply.code(), "already_in_use");
        assert_eq!(reply.json["details"]["property"], property);
    }
    assert_eq!(admin.get(&path(&user)).expect(200).json, user);
    let own_in_capitals = user["username"].as_str().expect("text").to_uppercase();
    let body = with(&user, &json!({ "username": own_in_capitals }));
    assert_eq!(admin.put(&path(&user), &body).expect(200).json["username"], own_in_capitals);
}

#[test]
fn every_wrong_field_is_named_at_once() {
    let deployment = Deployment::shared();
    let user = deployment.new_user();
    let long = "x".repeat(101);
    let body = with(
        &user,
        &json!({ "username": "-", "email": "", "firstName": long, "locale": "en_US",
                 "displayName": long }),
    );
    let reply = deployment.admin.client.put(&path(&user), &body).expect(400);
    let fields: Vec<_> = reply.json["details"]["fields"]
        .as_array()
        .expect("fields")
        .iter()
        .map(|field| field["field"].as_str().expect("a name").to_owned())
        .collect();
    assert_eq!(fields, ["username", "email", "firstName", "displayName", "locale"]);
}

#[test]
fn an_unknown_user_is_not_found() {
    let admin = &Deployment::shared().admin.client;
    let body = json!({ "username": "nobody", "email": "nobody@example.com" });
    for id in ["nobody", "6b1c2c1e-0000-4000-8000-000000000000"] {
        let path = format!("/api/users/{id}");
        assert_eq!(admin.put(&path, &body).expect(404).code(), "user_not_found");
        assert_eq!(admin.delete(&path).expect(404).code(), "user_not_found");
    }
}

#[test]
fn people_change_their_names_and_never_their_rights() {
    let deployment = Deployment::shared();
    let person = deployment.member();
    let body = with(
        &person.user,
        &json!({ "firstName": "Ulla", "isAdmin": true, "disabled": true, "emailVerified": true }),
    );
    let changed = person.client.put("/api/users/me", &body).expect(200).json;
    assert_eq!(changed["firstName"], "Ulla");
    assert_eq!(changed["isAdmin"], false);
    assert_eq!(changed["ignoredFields"], json!(["emailVerified", "isAdmin", "disabled"]));
    assert_eq!(person.client.get("/api/users/me").expect(200).json["disabled"], false);
}

#[test]
fn another_address_wants_a_fresh_assertion_and_is_not_verified() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let mut person = deployment.member();
    let verified = with(&person.user, &json!({ "emailVerified": true }));
    let _ = admin.put(&path(&person.user), &verified).expect(200);
    let same = person.client.put("/api/users/me", &person.user).expect(200).json;
    assert_eq!(same["emailVerified"], true, "the same address stays verified");
    let body = with(&person.user, &json!({ "email": format!("n{}@example.com", unique()) }));
    let reply = person.client.put("/api/users/me", &body).expect(401);
    assert_eq!(reply.code(), "reauthentication_required", "this session came by a link");
    let client = person.client.clone();
    let _ = person.sign_in(&client).expect(200);
    let changed = person.client.put("/api/users/me", &body).expect(200).json;
    assert_eq!(changed["emailVerified"], false);
}

#[test]
fn only_administrators_change_and_delete_others() {
    let deployment = Deployment::shared();
    let person = deployment.member();
    let victim = deployment.new_user();
    let grab = with(&victim, &json!({ "username": "grabbed" }));
    assert_eq!(person.client.put(&path(&victim), &grab).expect(403).code(), "forbidden");
    assert_eq!(person.client.put(&path(&person.user), &grab).expect(403).code(), "forbidden");
    assert_eq!(person.client.delete(&path(&victim)).expect(403).code(), "forbidden");
    let bulk = json!({ "ids": [victim["id"]], "action": "delete" });
    assert_eq!(person.client.post("/api/users/bulk", &bulk).expect(403).code(), "forbidden");
    assert_eq!(deployment.client().delete(&path(&victim)).expect(401).code(), "not_signed_in");
    assert_eq!(deployment.admin.client.get(&path(&victim)).expect(200).json, victim);
}

#[test]
fn administrators_neither_delete_nor_disable_nor_demote_themselves() {
    let deployment = Deployment::shared();
    let person = colleague(deployment);
    let me = person.client.get("/api/users/me").expect(200).json;
    for changes in [json!({ "disabled": true }), json!({ "isAdmin": false })] {
        let reply = person.client.put(&path(&me), &with(&me, &changes)).expect(409);
        assert_eq!(reply.code(), "own_account", "{changes}");
    }
    assert_eq!(person.client.delete(&path(&me)).expect(409).code(), "own_account");
    assert_eq!(person.client.get("/api/users/me").expect(200).json, me);
}

#[test]
fn a_disabled_user_is_out_at_once_and_comes_in_by_nothing() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let disabled = with(&person.user, &json!({ "disabled": true }));
    let _ = deployment.admin.client.put(&path(&person.user), &disabled).expect(200);
    assert_eq!(person.client.get("/api/users/me").expect(401).code(), "not_signed_in");
    let again = deployment.client();
    assert_eq!(person.sign_in(&again).expect(403).code(), "user_disabled");
    let _ = deployment.admin.client.put(&path(&person.user), &person.user).expect(200);
    assert_eq!(person.client.get("/api/users/me").expect(401).code(), "not_signed_in");
    let _ = person.sign_in(&again).expect(200);
}

#[test]
fn a_deleted_user_leaves_nothing_that_lets_in() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let link = deployment.new_link(&person.user);
    let _ = deployment.admin.client.delete(&path(&person.user)).expect(204);
    assert_eq!(person.client.get("/api/users/me").expect(401).code(), "not_signed_in");
    let stranger = deployment.client();
    let redeemed = stranger.post_empty(&format!("/api/one-time-access-token/{link}"));
    assert_eq!(redeemed.expect(401).code(), "token_invalid_or_expired");
    assert_eq!(person.sign_in(&stranger).expect(401).code(), "webauthn_authentication_failed");
    assert_eq!(
        deployment.admin.client.get(&path(&person.user)).expect(404).code(),
        "user_not_found"
    );
    let again = json!({ "username": person.user["username"], "email": person.user["email"] });
    let _ = deployment.admin.client.post("/api/users", &again).expect(201);
}

#[test]
fn of_two_administrators_who_remove_each_other_one_stays() {
    let deployment = Deployment::shared();
    for _ in 0..5 {
        let (one, other) = (colleague(deployment), colleague(deployment));
        let (of_one, of_other) = (path(&one.user), path(&other.user));
        let first = std::thread::spawn(move || one.client.delete(&of_other).status);
        let second = other.client.delete(&of_one).status;
        let first = first.join().expect("no panic");
        // Whoever is deleted first has no session any more, unless both checks were over by then;
        // the administrator of the deployment is there in any case.
        assert!([first, second].contains(&204), "{first} {second}");
    }
    let _ = deployment.admin.client.get("/api/users/me").expect(200);
}

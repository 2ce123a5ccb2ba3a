use postern_suite::{Deployment, Reply, unique};
use serde_json::{Value, json};

use super::groups::{NOBODY, id, new_group, put};

fn claim(key: &str, value: &str) -> Value {
    json!({ "key": key, "value": value })
}

/// The two kinds of owners: path of the claims, path of the record.
fn owners(deployment: &Deployment) -> [(String, String); 2] {
    let (user, group) = (deployment.new_user(), new_group(deployment));
    let (user, group) = (id(&user), id(&group));
    [
        (format!("/api/custom-claims/user/{user}"), format!("/api/users/{user}")),
        (format!("/api/custom-claims/user-group/{group}"), format!("/api/user-groups/{group}")),
    ]
}

fn refused(reply: Reply, code: &str) -> Value {
    let reply = reply.expect(400);
    assert_eq!(reply.code(), code, "{}", reply.text);
    reply.json["details"].clone()
}

#[test]
fn claims_are_replaced_whole_and_told_with_their_owner() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    for (claims, owner) in owners(deployment) {
        let told = || admin.get(&owner).expect(200).json["customClaims"].clone();
        assert_eq!(told(), json!([]));
        let first = json!([
            claim("role", "{\"a\": [1]}"),
            claim("Team", "müd\n\u{1F600}"),
            claim("dept", " ")
        ]);
        assert_eq!(put(admin, &claims, &first).expect(200).json, first);
        assert_eq!(told(), json!([first[1], first[2], first[0]]));
        let second = json!([claim("team", "x"), claim("role", "y"), claim("dept", " ")]);
        for _ in 0..2 {
            assert_eq!(put(admin, &claims, &second).expect(200).json, second);
            assert_eq!(told(), json!([second[2], second[1], second[0]]));
        }
        assert_eq!(put(admin, &claims, &json!([])).expect(200).json, json!([]));
        assert_eq!(told(), json!([]));
    }
}

#[test]
fn a_groups_claims_are_told_with_its_members() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let (group, user) = (new_group(deployment), deployment.new_user());
    let claims = json!([claim("floor", "7")]);
    let _ =
        put(admin, &format!("/api/custom-claims/user-group/{}", id(&group)), &claims).expect(200);
    let groups = json!({ "userGroupIds": [id(&group)] });
    let member =
        put(admin, &format!("/api/users/{}/user-groups", id(&user)), &groups).expect(200).json;
    assert_eq!(member["userGroups"][0]["customClaims"], claims);
    assert_eq!(member["customClaims"], json!([]));
}

#[test]
fn reserved_and_double_keys_are_refused_by_name_exactly_as_written() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let reserved = "given_name family_name name email email_verified preferred_username display_name \
                    groups type sub iss aud exp iat auth_time nonce acr amr azp client_id nbf jti";
    for (claims, owner) in owners(deployment) {
        let kept =
            json!([claim("Sub", "x"), claim("kept", "1"), claim("Kept", "2"), claim(" name", "3")]);
        let _ = put(admin, &claims, &kept).expect(200);
        for key in reserved.split_whitespace() {
            let body = json!([claim("fine", "x"), claim(key, "x")]);
            let details = refused(put(admin, &claims, &body), "reserved_claim");
            assert_eq!(details["key"], key);
        }
        let body = json!([claim("twice", "1"), claim("once", "1"), claim("twice", "2")]);
        assert_eq!(refused(put(admin, &claims, &body), "duplicate_claim")["key"], "twice");
        let body = json!([claim("\u{f6}", "1"), claim("o\u{308}", "2")]);
        assert_eq!(refused(put(admin, &claims, &body), "duplicate_claim")["key"], "\u{f6}");
        let told = admin.get(&owner).expect(200).json["customClaims"].clone();
        assert_eq!(told.as_array().map(Vec::len), Some(4));
    }
}

#[test]
fn keys_values_and_their_number_are_kept_from_both_sides_of_their_limits() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    for (claims, owner) in owners(deployment) {
        let key = |i: usize| format!("{i:03}{}", "\u{1F600}".repeat(97));
        let most: Vec<_> = (0..100).map(|i| claim(&key(i), &"\u{1F600}".repeat(1000))).collect();
        let most = Value::from(most);
        assert_eq!(put(admin, &claims, &most).expect(200).json, most);
        assert_eq!(admin.get(&owner).expect(200).json["customClaims"], most);
        for (body, field, code) in [
            (json!([claim(&"k".repeat(101), "x")]), "key", "too_long"),
            (json!([claim("k", &"v".repeat(1001))]), "value", "too_long"),
            (json!([claim("", "x")]), "key", "required"),
            (json!([{ "value": "x" }]), "key", "required"),
            (json!([{ "key": null, "value": "x" }]), "key", "required"),
            (json!([claim("  ", "x")]), "key", "required"),
            (json!([claim("k", "")]), "value", "required"),
            (json!([{ "key": "k" }]), "value", "required"),
            (json!([claim("a\u{7}", "x")]), "key", "invalid_format"),
            (json!([claim("k", "\u{0}")]), "value", "invalid_format"),
            ((0..101).map(|i| claim(&key(i), "x")).collect(), "customClaims", "too_long"),
            ((0..1000).map(|i| claim(&key(i), "x")).collect(), "customClaims", "too_long"),
        ] {
            let details = refused(put(admin, &claims, &body), "validation_failed");
            let found = &details["fields"][0];
            assert_eq!((&found["field"], &found["code"]), (&json!(field), &json!(code)), "{field}");
            assert_eq!(details["fields"].as_array().map(Vec::len), Some(1));
        }
        for body in [json!(null), json!({}), json!(["x"]), json!([{ "key": "k", "value": 7 }])] {
            refused(put(admin, &claims, &body), "invalid_request_body");
        }
        assert_eq!(admin.get(&owner).expect(200).json["customClaims"], most);
        let _ = put(admin, &claims, &json!([])).expect(200);
    }
}

#[test]
fn suggestions_come_by_use_and_go_with_their_last_owner() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let (often, seldom) = (format!("often{}", unique()), format!("seldom{}", unique()));
    let places = || {
        let keys = admin.get("/api/custom-claims/suggestions").expect(200).json;
        let keys = keys.as_array().expect("an array").clone();
        assert!(keys.len() <= 100);
        [&often, &seldom].map(|key| keys.iter().position(|suggested| suggested == key))
    };
    let groups = [0; 3].map(|_| new_group(deployment));
    let set = |group: &Value, keys: &[&str]| {
        let body: Vec<_> = keys.iter().map(|key| claim(key, "x")).collect();
        let path = format!("/api/custom-claims/user-group/{}", id(group));
        let _ = put(admin, &path, &body.into()).expect(200);
    };
    set(&groups[0], &[&often, &seldom]);
    set(&groups[1], &[&often, &seldom]);
    set(&groups[2], &[&often]);
    let [Some(first), Some(second)] = places() else { panic!("not suggested: {:?}", places()) };
    assert!(first < second);
    set(&groups[0], &[]);
    set(&groups[1], &[&often]);
    assert_eq!(places()[1], None);
    for group in &groups {
        let _ = admin.delete(&format!("/api/user-groups/{}", id(group))).expect(204);
    }
    assert_eq!(places(), [None, None]);
}

#[test]
fn claims_of_nobody_are_not_found() {
    let admin = &Deployment::shared().admin.client;
    for nobody in [NOBODY, "x"] {
        let of_user = put(admin, &format!("/api/custom-claims/user/{nobody}"), &json!([]));
        assert_eq!(of_user.expect(404).code(), "user_not_found");
        let body = json!([claim("k", "v")]);
        let of_group = put(admin, &format!("/api/custom-claims/user-group/{nobody}"), &body);
        assert_eq!(of_group.expect(404).text_of("error"), "User group not found");
    }
}

#[test]
fn only_administrators_see_and_set_claims() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let path = format!("/api/custom-claims/user/{}", person.id());
    assert_eq!(put(&person.client, &path, &json!([])).expect(403).code(), "forbidden");
    let suggestions = "/api/custom-claims/suggestions";
    assert_eq!(person.client.get(suggestions).expect(403).code(), "forbidden");
    let stranger = deployment.client();
    assert_eq!(put(&stranger, &path, &json!([])).expect(401).code(), "not_signed_in");
    assert_eq!(stranger.get(suggestions).expect(401).code(), "not_signed_in");
}

use std::sync::{Mutex, MutexGuard, PoisonError};

use postern_suite::{Client, Deployment, Reply};
use serde_json::{Value, json};

use super::administrator;

const PATH: &str = "/api/application-configuration";
const ALL: &str = "/api/application-configuration/all";

/// There is one configuration: whoever changes it here waits for the others.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn setting(reply: &Reply, key: &str) -> Value {
    let settings = reply.json.as_array().expect("an array");
    settings.iter().find(|setting| setting["key"] == key).cloned().unwrap_or_default()
}

fn value(client: &Client, key: &str) -> Value {
    setting(&client.get(ALL).expect(200), key)["value"].clone()
}

/// What the newest entry about the configuration says, by this administrator.
fn newest_change(client: &Client, admin: &str) -> Value {
    let query = format!("?filters[event]=CONFIGURATION_CHANGED&filters[actorID]={admin}");
    client.get(&format!("/api/audit-logs/all{query}")).expect(200).json["data"][0].clone()
}

fn wrong_fields(reply: &Reply) -> Vec<&str> {
    let fields = reply.json["details"]["fields"].as_array().expect("fields");
    fields.iter().filter_map(|field| field["field"].as_str()).collect()
}

#[test]
fn administrators_see_every_setting_with_its_kind_and_audience() {
    let reply = Deployment::shared().admin.client.get(ALL).expect(200);
    assert_eq!(reply.json.as_array().map(Vec::len), Some(54));
    assert_eq!(
        setting(&reply, "appName"),
        json!({ "key": "appName", "type": "string", "value": "Postern", "isPublic": true })
    );
    assert_eq!(
        setting(&reply, "sessionDuration"),
        json!({ "key": "sessionDuration", "type": "number", "value": "60", "isPublic": false })
    );
    assert_eq!(setting(&reply, "ldapEnabled")["type"], "bool");
    assert_eq!(setting(&reply, "auditLogRetentionDays")["value"], "90");
    let tag = reply.header("etag");
    assert!(tag.starts_with('"') && tag.ends_with('"'), "{tag}");
}

#[test]
fn a_change_shows_at_once_to_everybody_and_is_told_with_before_and_after() {
    let _alone = alone();
    let deployment = Deployment::shared();
    let admin = administrator(deployment);
    let _ = admin.client.put(PATH, &json!({ "accentColor": "" })).expect(200);
    let before = admin.client.get(ALL).expect(200);
    let form = json!({ "accentColor": "#ff8800", "homePageUrl": "/a b" });
    let _ = admin.client.put(PATH, &form).expect(400);
    let form = json!({ "accentColor": "#ff8800", "unknown": null });
    let changed = admin.client.put(PATH, &form).expect(200);
    assert_eq!(setting(&changed, "accentColor")["value"], "#ff8800");
    assert_ne!(changed.header("etag"), before.header("etag"));
    let public = deployment.client().get(PATH).expect(200);
    assert_eq!(setting(&public, "accentColor")["value"], "#ff8800");
    assert_eq!(setting(&public, "accentColor").get("isPublic"), None);
    let entry = newest_change(&admin.client, admin.id());
    assert_eq!(entry["actorUsername"], admin.user["username"]);
    assert_eq!(entry["data"]["before"], r#"{"accentColor":"default"}"#);
    assert_eq!(entry["data"]["after"], r##"{"accentColor":"#ff8800"}"##);
    let _ = admin.client.put(PATH, &json!({ "accentColor": "" })).expect(200);
    assert_eq!(value(&admin.client, "accentColor"), "default");
}

#[test]
fn what_changes_nothing_leaves_version_and_log_as_they_are() {
    let _alone = alone();
    let deployment = Deployment::shared();
    let admin = administrator(deployment);
    let all = admin.client.get(ALL).expect(200);
    let same: serde_json::Map<String, Value> = all
        .json
        .as_array()
        .expect("an array")
        .iter()
        .map(|setting| {
            (setting["key"].as_str().expect("a key").to_owned(), setting["value"].clone())
        })
        .collect();
    let again = admin.client.put(PATH, &Value::Object(same)).expect(200);
    assert_eq!(again.header("etag"), all.header("etag"));
    assert_eq!(again.json, all.json);
    assert_eq!(newest_change(&admin.client, admin.id()), Value::Null);
    let empty = admin.client.put(PATH, &json!({})).expect(200);
    assert_eq!(empty.header("etag"), all.header("etag"));
}

#[test]
fn a_secret_is_masked_kept_when_its_mask_comes_back_and_never_in_the_log() {
    let _alone = alone();
    let deployment = Deployment::shared();
    let admin = administrator(deployment);
    let secret = json!({ "smtpPassword": "correct horse ☂" });
    let reply = admin.client.put(PATH, &secret).expect(200);
    assert_eq!(setting(&reply, "smtpPassword")["value"], "XXXXXXXXXX");
    let entry = newest_change(&admin.client, admin.id());
    assert_eq!(entry["data"]["before"], "{}");
    assert_eq!(entry["data"]["after"], r#"{"smtpPassword":"changed"}"#);
    assert!(!admin.client.get(ALL).expect(200).text.contains("horse"));
    let kept = admin.client.put(PATH, &json!({ "smtpPassword": "XXXXXXXXXX" })).expect(200);
    assert_eq!(kept.header("etag"), reply.header("etag"));
    assert_eq!(setting(&kept, "smtpPassword")["value"], "XXXXXXXXXX");
    let public = deployment.client().get(PATH).expect(200);
    assert_eq!(setting(&public, "smtpPassword"), Value::Null);
    let gone = admin.client.put(PATH, &json!({ "smtpPassword": "" })).expect(200);
    assert_eq!(setting(&gone, "smtpPassword")["value"], "");
}

#[test]
fn everything_wrong_is_named_at_once_and_nothing_is_kept() {
    let _alone = alone();
    let admin = &Deployment::shared().admin.client;
    let tag = admin.get(ALL).expect(200).header("etag").to_owned();
    let form = json!({
        "appName": "x".repeat(31), "sessionDuration": "0", "homePageUrl": "javascript:alert(1)",
        "disableAnimations": "yes", "allowUserSignups": "maybe",
        "signupDefaultUserGroupIDs": "[\"x\"]",
        "signupDefaultCustomClaims": "[{\"key\":\"sub\",\"value\":\"x\"}]",
        "accentColor": "url(x)", "smtpPort": "65536", "smtpFrom": "nobody",
        "ldapUrl": "file:///etc/passwd", "ldapBase": "a\nb", "cimdUrlAllowlist": "[1]",
        "requireUserEmail": null, "ldapEnabled": true, "auditLogRetentionDays": "3651",
        "webauthnUserVerification": "required", "smtpHost": "mail.example.com",
    });
    let reply = admin.put(PATH, &form).expect(400);
    assert_eq!(reply.code(), "validation_failed");
    assert_eq!(wrong_fields(&reply).len(), 16, "{}", reply.text);
    for body in ["[]", "null", "\"x\"", "{", "{\"appName\":\"\\ud800\"}"] {
        assert_eq!(admin.send("PUT", PATH, Some(body.as_bytes())).status, 400, "{body}");
    }
    assert_eq!(admin.get(ALL).expect(200).header("etag"), tag);
    assert_eq!(value(admin, "smtpHost"), "");
}

#[test]
fn of_two_who_read_the_same_version_the_second_is_told() {
    let _alone = alone();
    let deployment = Deployment::shared();
    let admin = administrator(deployment);
    let tag = admin.client.get(ALL).expect(200).header("etag").to_owned();
    let having_read = |tag: &str| admin.client.clone().with_header("if-match", tag);
    let form = |path: &str| json!({ "homePageUrl": path });
    let _ = having_read(&tag).put(PATH, &form("/first")).expect(200);
    let late = having_read(&tag).put(PATH, &form("/second")).expect(412);
    assert_eq!(late.code(), "precondition_failed");
    assert_eq!(value(&admin.client, "homePageUrl"), "/first");
    let _ = having_read("nonsense").put(PATH, &form("/second")).expect(412);
    let _ = having_read(&tag).put(PATH, &json!({})).expect(412);
    let _ = having_read("*").put(PATH, &form("/third")).expect(200);
    let now = admin.client.get(ALL).expect(200).header("etag").to_owned();
    let _ = having_read(&tag).with_header("if-match", "x").put(PATH, &form("")).expect(412);
    let either = having_read(&tag).with_header("if-match", &format!("W/{now}"));
    let _ = either.put(PATH, &form("")).expect(200);
}

#[test]
fn of_twenty_changes_at_once_on_one_version_one_stands() {
    let _alone = alone();
    let deployment = Deployment::shared();
    let admin = administrator(deployment);
    let tag = admin.client.get(ALL).expect(200).header("etag").to_owned();
    let attempts: Vec<_> = (0..20)
        .map(|number| {
            let client = admin.client.clone().with_header("if-match", &tag);
            let form = json!({ "homePageUrl": format!("/at-once/{number}") });
            std::thread::spawn(move || client.put(PATH, &form).status)
        })
        .collect();
    let statuses: Vec<_> =
        attempts.into_iter().map(|attempt| attempt.join().expect("no panic")).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 412).count(), 19);
    let _ = admin.client.put(PATH, &json!({ "homePageUrl": "" })).expect(200);
}

#[test]
fn changes_of_different_settings_at_once_both_stand() {
    let _alone = alone();
    let deployment = Deployment::shared();
    let admin = administrator(deployment);
    let forms = [
        json!({ "ldapBase": "dc=example" }),
        json!({ "smtpHost": "mail.example.com" }),
        json!({ "cimdUrlAllowlist": "[\"https://a.example/*\"]" }),
        json!({ "disableAnimations": "true" }),
    ];
    let attempts: Vec<_> = forms
        .into_iter()
        .map(|form| (admin.client.clone(), form))
        .map(|(client, form)| std::thread::spawn(move || client.put(PATH, &form).status))
        .collect();
    for attempt in attempts {
        assert_eq!(attempt.join().expect("no panic"), 200);
    }
    assert_eq!(value(&admin.client, "ldapBase"), "dc=example");
    assert_eq!(value(&admin.client, "smtpHost"), "mail.example.com");
    assert_eq!(value(&admin.client, "disableAnimations"), "true");
    let reset = json!({
        "ldapBase": "", "smtpHost": "", "cimdUrlAllowlist": "", "disableAnimations": "",
    });
    let _ = admin.client.put(PATH, &reset).expect(200);
}

#[test]
fn mail_and_directory_settings_need_a_fresh_proof_of_presence() {
    let _alone = alone();
    let deployment = Deployment::shared();
    let mut admin = administrator(deployment);
    let _ = admin.register().expect(200);
    let client = deployment.client();
    let token = deployment.new_link(&admin.user);
    let _ = client.post_empty(&format!("/api/one-time-access-token/{token}")).expect(200);
    for form in [
        json!({ "smtpHost": "evil.example" }),
        json!({ "emailOneTimeAccessAsUnauthenticatedEnabled": "true" }),
        json!({ "ldapBindPassword": "guess" }),
    ] {
        let reply = client.put(PATH, &form).expect(401);
        assert_eq!(reply.code(), "reauthentication_required", "{form}");
    }
    let unchanged = json!({ "smtpHost": "", "ldapBindPassword": "XXXXXXXXXX" });
    let _ = client.put(PATH, &unchanged).expect(200);
    let _ = client.put(PATH, &json!({ "homePageUrl": "/other" })).expect(200);
    assert_eq!(value(&client, "smtpHost"), "");
    let fresh = deployment.client();
    let _ = admin.sign_in(&fresh).expect(200);
    let form = json!({ "smtpHost": "mail.example.com", "homePageUrl": "" });
    let _ = fresh.put(PATH, &form).expect(200);
    let _ = fresh.put(PATH, &json!({ "smtpHost": "" })).expect(200);
}

#[test]
fn only_administrators_read_all_settings_and_change_them() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    assert_eq!(person.client.get(ALL).expect(403).code(), "forbidden");
    assert_eq!(person.client.put(PATH, &json!({})).expect(403).code(), "forbidden");
    let nobody = deployment.client();
    assert_eq!(nobody.get(ALL).expect(401).code(), "not_signed_in");
    assert_eq!(nobody.put(PATH, &json!({})).expect(401).code(), "not_signed_in");
}

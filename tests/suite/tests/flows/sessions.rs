use postern_suite::{Client, Deployment, Person};
use serde_json::Value;

#[test]
fn sessions_are_listed_with_their_device_and_ended_from_another() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let elsewhere = deployment.client();
    let _ = person.sign_in(&elsewhere).expect(200);
    let sessions = person.client.get("/api/users/me/sessions").expect(200).json;
    let sessions = sessions["data"].as_array().expect("a list");
    assert_eq!(sessions.len(), 2);
    let of = |current: bool| sessions.iter().find(|s| s["current"] == current).expect("one");
    assert_eq!(of(true)["amr"], serde_json::json!(["otp"]));
    assert_eq!(of(false)["amr"], serde_json::json!(["phr"]));
    assert_eq!(of(false)["device"], "Firefox on Linux");
    let id = of(false)["id"].as_str().expect("an id");
    let _ = person.client.delete(&format!("/api/users/me/sessions/{id}")).expect(204);
    assert_eq!(elsewhere.get("/api/users/me").expect(401).code(), "not_signed_in");
    let _ = person.client.get("/api/users/me").expect(200);
    assert_eq!(
        person.client.delete(&format!("/api/users/me/sessions/{id}")).expect(404).code(),
        "not_found"
    );
}

#[test]
fn nobody_ends_anothers_session() {
    let deployment = Deployment::shared();
    let (person, other) = (deployment.newcomer(), deployment.newcomer());
    let sessions = person.client.get("/api/users/me/sessions").expect(200).json;
    let id = sessions["data"][0]["id"].as_str().expect("an id");
    let _ = other.client.delete(&format!("/api/users/me/sessions/{id}")).expect(404);
    let _ = person.client.get("/api/users/me").expect(200);
}

#[test]
fn signing_out_ends_the_session_on_the_server() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let token = person.client.cookie("access_token").expect("a session");
    let _ = person.client.post_empty("/api/webauthn/logout").expect(204);
    assert!(person.client.cookie("access_token").is_none());
    person.client.set_cookie("access_token", &token);
    assert_eq!(person.client.get("/api/users/me").expect(401).code(), "not_signed_in");
}

#[test]
fn the_session_cookie_is_out_of_reach_of_scripts_and_other_sites() {
    let deployment = Deployment::shared();
    let token = deployment.new_link(&deployment.new_user());
    let reply = deployment.client().post_empty(&format!("/api/one-time-access-token/{token}"));
    let cookie = reply.expect(200).header("set-cookie").to_owned();
    assert!(cookie.starts_with("access_token=ey"), "{cookie}");
    for attribute in ["Path=/", "Max-Age=3600", "HttpOnly", "Secure", "SameSite=Lax"] {
        assert!(cookie.contains(attribute), "{attribute} in {cookie}");
    }
}

#[test]
fn a_token_also_comes_in_the_authorization_header() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let token = person.client.cookie("access_token").expect("a session");
    let client = deployment.client().with_header("authorization", &format!("Bearer {token}"));
    assert_eq!(client.get("/api/users/me").expect(200).json["id"], person.user["id"]);
}

#[test]
fn forged_and_broken_tokens_are_nobody() {
    let deployment = Deployment::shared();
    let token = deployment.newcomer().client.cookie("access_token").expect("a session");
    let (rest, signature) = token.rsplit_once('.').expect("a signature");
    let reversed: String = signature.chars().rev().collect();
    let none = "eyJhbGciOiJub25lIn0.eyJqdGkiOiJBQUFBQUFBQUFBQUFBQUFBQUFBQUFBIn0.";
    for forged in [&format!("{rest}.{reversed}"), &format!("{rest}."), none, "", "x.y.z", "ü"] {
        let client = deployment.client();
        client.set_cookie("access_token", forged);
        if forged.is_ascii() {
            assert_eq!(client.get("/api/users/me").expect(401).code(), "not_signed_in");
        }
    }
}

fn sessions(client: &Client, path: &str) -> Vec<Value> {
    client.get(path).expect(200).json["data"].as_array().expect("a list").clone()
}

fn of_user(person: &Person) -> String {
    format!("/api/users/{}/sessions", person.id())
}

#[test]
fn a_session_is_listed_field_by_field_and_never_with_what_lets_in() {
    let person = Deployment::shared().newcomer();
    let listed = sessions(&person.client, "/api/users/me/sessions").remove(0);
    let mut members: Vec<_> = listed.as_object().expect("an object").keys().cloned().collect();
    members.sort();
    let expected =
        ["amr", "createdAt", "current", "device", "expiresAt", "id", "ipAddress", "lastSeenAt"];
    assert_eq!(members, expected);
    let token = person.client.cookie("access_token").expect("a session");
    assert!(!token.contains(listed["id"].as_str().expect("an id")));
}

#[test]
fn administrators_see_a_users_sessions_and_end_one() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let mut person = deployment.member();
    let elsewhere = deployment.client();
    let _ = person.sign_in(&elsewhere).expect(200);
    let seen = sessions(admin, &of_user(&person));
    assert_eq!(seen.len(), 2);
    assert!(seen.iter().all(|session| session["current"] == false));
    let phr = seen.iter().find(|s| s["amr"] == serde_json::json!(["phr"])).expect("a sign-in");
    let path = format!("{}/{}", of_user(&person), phr["id"].as_str().expect("an id"));
    let _ = admin.delete(&path).expect(204);
    assert_eq!(elsewhere.get("/api/users/me").expect(401).code(), "not_signed_in");
    let _ = person.client.get("/api/users/me").expect(200);
    assert_eq!(admin.delete(&path).expect(404).code(), "not_found");
}

#[test]
fn an_administrator_ends_all_of_a_users_sessions_at_once() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let elsewhere = deployment.client();
    let _ = person.sign_in(&elsewhere).expect(200);
    let _ = deployment.admin.client.delete(&of_user(&person)).expect(204);
    for client in [&person.client, &elsewhere] {
        assert_eq!(client.get("/api/users/me").expect(401).code(), "not_signed_in");
    }
    let _ = deployment.admin.client.delete(&of_user(&person)).expect(204);
    let _ = deployment.admin.client.get("/api/users/me").expect(200);
}

#[test]
fn all_other_sessions_of_ones_own_end_at_once_and_this_one_goes_on() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let elsewhere = [deployment.client(), deployment.client()];
    for client in &elsewhere {
        let _ = person.sign_in(client).expect(200);
    }
    let _ = person.client.delete("/api/users/me/sessions").expect(204);
    for client in &elsewhere {
        assert_eq!(client.get("/api/users/me").expect(401).code(), "not_signed_in");
    }
    let left = sessions(&person.client, "/api/users/me/sessions");
    assert_eq!(left.len(), 1);
    assert_eq!(left[0]["current"], true);
    let _ = person.client.delete("/api/users/me/sessions").expect(204);
}

#[test]
fn others_sessions_are_administrators_business_alone() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let (person, other) = (deployment.newcomer(), deployment.newcomer());
    let id = sessions(&other.client, "/api/users/me/sessions")[0]["id"].clone();
    let id = id.as_str().expect("an id");
    let all = of_user(&other);
    assert_eq!(person.client.get(&all).expect(403).code(), "forbidden");
    assert_eq!(person.client.delete(&all).expect(403).code(), "forbidden");
    assert_eq!(person.client.delete(&format!("{all}/{id}")).expect(403).code(), "forbidden");
    assert_eq!(deployment.client().delete(&all).expect(401).code(), "not_signed_in");
    // A session is ended of the user it belongs to, or of nobody.
    let mixed = format!("{}/{id}", of_user(&person));
    assert_eq!(admin.delete(&mixed).expect(404).code(), "not_found");
    let _ = other.client.get("/api/users/me").expect(200);
    for nobody in ["00000000-0000-4000-8000-000000000000", "not-a-uuid"] {
        let path = format!("/api/users/{nobody}/sessions");
        assert_eq!(admin.get(&path).expect(404).code(), "user_not_found");
        assert_eq!(admin.delete(&path).expect(404).code(), "user_not_found");
        assert_eq!(admin.delete(&format!("{path}/{nobody}")).expect(404).code(), "not_found");
        let own = format!("/api/users/me/sessions/{nobody}");
        assert_eq!(admin.delete(&own).expect(404).code(), "not_found");
    }
}

#[test]
fn an_api_key_sees_and_ends_its_owners_sessions() {
    let deployment = Deployment::shared();
    let person = deployment.newcomer();
    let (_, key) = person.api_key("Cleaner");
    let seen = sessions(&key, "/api/users/me/sessions");
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0]["current"], false);
    let _ = key.delete("/api/users/me/sessions").expect(204);
    assert_eq!(person.client.get("/api/users/me").expect(401).code(), "not_signed_in");
    let _ = key.get("/api/users/me").expect(200);
}

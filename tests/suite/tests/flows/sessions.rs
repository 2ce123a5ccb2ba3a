use postern_suite::Deployment;

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

use authenticator::Tamper;
use postern_suite::{Client, Deployment, Person, Reply};
use serde_json::{Value, json};

fn creation_options(person: &Person) -> Value {
    person.client.get("/api/webauthn/register/start").expect(200).json
}

fn register_with(person: &mut Person, tamper: &Tamper) -> Reply {
    let options = creation_options(person);
    let response = person.authenticator.create_with(person.client.origin(), &options, tamper);
    person.client.post("/api/webauthn/register/finish", &response)
}

fn sign_in_with(person: &mut Person, client: &Client, tamper: &Tamper) -> Reply {
    let options = client.get("/api/webauthn/login/start").expect(200).json;
    let response = person.authenticator.get_with(client.origin(), &options, tamper);
    client.post("/api/webauthn/login/finish", &response.expect("a credential"))
}

#[test]
fn creation_options_are_the_contracts() {
    let person = Deployment::shared().newcomer();
    let options = creation_options(&person);
    assert_eq!(options["rp"], json!({ "id": "localhost", "name": "Postern" }));
    assert_eq!(options["timeout"], 60000);
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert!(options["authenticatorSelection"].get("authenticatorAttachment").is_none());
    assert_eq!(options["user"]["name"], person.user["username"]);
    assert_eq!(options["extensions"], json!({ "credProps": true }));
}

#[test]
fn request_options_name_no_credentials() {
    let options = Deployment::shared().client().get("/api/webauthn/login/start").expect(200).json;
    assert_eq!(options["rpId"], "localhost");
    assert_eq!(options["userVerification"], "required");
    assert!(options.get("allowCredentials").is_none());
}

#[test]
fn a_second_registration_excludes_the_first_and_both_are_listed() {
    let mut person = Deployment::shared().member();
    let options = creation_options(&person);
    assert_eq!(options["excludeCredentials"].as_array().map(Vec::len), Some(1));
    let _ = person.register().expect(200);
    let listed = person.client.get("/api/webauthn/credentials").expect(200).json;
    assert_eq!(listed.as_array().map(Vec::len), Some(2));
    assert_eq!(listed[0]["attestationType"], "none");
    assert!(listed[0]["lastUsedAt"].is_null());
}

#[test]
fn a_challenge_serves_once() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let client = deployment.client();
    let options = client.get("/api/webauthn/login/start").expect(200).json;
    let cookie = client.cookie("session").expect("a ceremony");
    let response = person.authenticator.get(client.origin(), &options).expect("a credential");
    let _ = client.post("/api/webauthn/login/finish", &response).expect(200);
    let thief = deployment.client();
    thief.set_cookie("session", &cookie);
    let reply = thief.post("/api/webauthn/login/finish", &response).expect(400);
    assert_eq!(reply.code(), "invalid_webauthn_session");
}

#[test]
fn a_challenge_is_used_up_even_when_verification_fails() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let client = deployment.client();
    let options = client.get("/api/webauthn/login/start").expect(200).json;
    let wrong = Tamper { origin: Some("https://evil.example".to_owned()), ..Tamper::default() };
    let response = person.authenticator.get_with(client.origin(), &options, &wrong);
    let _ = client.post("/api/webauthn/login/finish", &response.expect("one")).expect(401);
    let response = person.authenticator.get(client.origin(), &options).expect("a credential");
    let reply = client.post("/api/webauthn/login/finish", &response).expect(400);
    assert_eq!(reply.code(), "invalid_webauthn_session");
}

#[test]
fn of_many_assertions_with_one_challenge_at_once_one_signs_in() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let first = deployment.client();
    let options = first.get("/api/webauthn/login/start").expect(200).json;
    let cookie = first.cookie("session").expect("a ceremony");
    let response = person.authenticator.get(first.origin(), &options).expect("a credential");
    let attempts: Vec<_> = (0..20)
        .map(|_| {
            let (client, response) = (deployment.client(), response.clone());
            client.set_cookie("session", &cookie);
            std::thread::spawn(move || client.post("/api/webauthn/login/finish", &response).status)
        })
        .collect();
    let statuses: Vec<_> = attempts.into_iter().map(|a| a.join().expect("no panic")).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 19, "{statuses:?}");
}

#[test]
fn attacks_on_authentication_are_refused() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let other = deployment.member();
    let attacks = [
        (
            "another origin",
            Tamper { origin: Some("https://evil.example".into()), ..Tamper::default() },
        ),
        (
            "another relying party",
            Tamper { rp_id: Some("evil.example".into()), ..Tamper::default() },
        ),
        ("another challenge", Tamper { challenge: Some("AAAA".into()), ..Tamper::default() }),
        ("an iframe", Tamper { cross_origin: Some(true), ..Tamper::default() }),
        (
            "the other ceremony",
            Tamper { ceremony: Some("webauthn.create".into()), ..Tamper::default() },
        ),
        ("another user", Tamper { user_handle: Some(other.id().into()), ..Tamper::default() }),
        ("a count gone back", Tamper { sign_count: Some(1), ..Tamper::default() }),
    ];
    let _ = person.sign_in(&deployment.client()).expect(200);
    for (attack, tamper) in attacks {
        let client = deployment.client();
        let reply = sign_in_with(&mut person, &client, &tamper);
        assert_eq!(
            (reply.status, reply.code()),
            (401, "webauthn_authentication_failed"),
            "{attack}"
        );
        assert!(client.cookie("access_token").is_none(), "{attack}");
    }
    let unverified = Tamper { flags: Some(0x01), ..Tamper::default() };
    let reply = sign_in_with(&mut person, &deployment.client(), &unverified).expect(400);
    assert_eq!(reply.code(), "passkey_user_verification_required");
}

#[test]
fn attacks_on_registration_are_refused_and_keep_nothing() {
    let deployment = Deployment::shared();
    let mut person = deployment.newcomer();
    for tamper in [
        Tamper { origin: Some("https://evil.example".into()), ..Tamper::default() },
        Tamper { challenge: Some("AAAA".into()), ..Tamper::default() },
        Tamper { rp_id: Some("evil.example".into()), ..Tamper::default() },
        Tamper { ceremony: Some("webauthn.get".into()), ..Tamper::default() },
    ] {
        let reply = register_with(&mut person, &tamper).expect(400);
        assert_eq!(reply.code(), "invalid_webauthn_response");
    }
    let unverified = Tamper { flags: Some(0x41), ..Tamper::default() };
    let reply = register_with(&mut person, &unverified).expect(400);
    assert_eq!(reply.code(), "passkey_user_verification_required");
    assert_eq!(person.client.get("/api/webauthn/credentials").expect(200).json, json!([]));
}

#[test]
fn a_registration_cannot_be_finished_by_another_user() {
    let deployment = Deployment::shared();
    let (person, mut thief) = (deployment.newcomer(), deployment.newcomer());
    let options = creation_options(&person);
    let cookie = person.client.cookie("session").expect("a ceremony");
    thief.client.set_cookie("session", &cookie);
    let response = thief.authenticator.create(thief.client.origin(), &options);
    let reply = thief.client.post("/api/webauthn/register/finish", &response).expect(400);
    assert_eq!(reply.code(), "invalid_webauthn_session");
}

#[test]
fn a_credential_id_is_registered_once() {
    let deployment = Deployment::shared();
    let mut person = deployment.newcomer();
    let mut copy = authenticator::Authenticator::new([0x77; 32]);
    let attempt = |authenticator: &mut authenticator::Authenticator| {
        let mut options = creation_options(&person);
        options["excludeCredentials"] = json!([]);
        let response = authenticator.create(person.client.origin(), &options);
        person.client.post("/api/webauthn/register/finish", &response)
    };
    let _ = attempt(&mut authenticator::Authenticator::new([0x77; 32])).expect(200);
    let reply = attempt(&mut copy).expect(409);
    assert_eq!(reply.code(), "already_in_use");
    person.user = Value::Null;
}

#[test]
fn an_authenticators_garbage_is_refused_by_field() {
    let deployment = Deployment::shared();
    let client = deployment.client();
    let _ = client.get("/api/webauthn/login/start").expect(200);
    for body in [json!({}), json!({ "id": 7 }), json!([]), json!({ "id": "!!", "rawId": "!!" })] {
        let reply = client.post("/api/webauthn/login/finish", &body).expect(400);
        assert_eq!(reply.code(), "invalid_request_body");
    }
    let junk = json!({
        "id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {},
        "response": { "clientDataJSON": "AAAA", "authenticatorData": "AAAA", "signature": "AAAA" },
    });
    let reply = client.post("/api/webauthn/login/finish", &junk).expect(401);
    assert_eq!(reply.code(), "webauthn_authentication_failed");
}

#[test]
fn a_ceremony_needs_its_cookie() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let options = deployment.client().get("/api/webauthn/login/start").expect(200).json;
    let response = person.authenticator.get(person.client.origin(), &options).expect("one");
    let reply = deployment.client().post("/api/webauthn/login/finish", &response).expect(400);
    assert_eq!(reply.code(), "missing_session_id");
}

#[test]
fn passkeys_are_renamed_and_deleted_by_their_owner_alone() {
    let deployment = Deployment::shared();
    let (mut person, mut other) = (deployment.member(), deployment.member());
    for someone in [&mut person, &mut other] {
        let client = someone.client.clone();
        let _ = someone.reauthenticate(&client).expect(204);
    }
    let id = person.client.get("/api/webauthn/credentials").expect(200).json[0]["id"].clone();
    let path = format!("/api/webauthn/credentials/{}", id.as_str().expect("an id"));
    assert_eq!(
        other.client.patch(&path, &json!({ "name": "Mine" })).expect(404).code(),
        "not_found"
    );
    assert_eq!(other.client.delete(&path).expect(404).text_of("error"), "Passkey not found");
    let renamed = person.client.patch(&path, &json!({ "name": "Schlüssel" })).expect(200);
    assert_eq!(renamed.json["name"], "Schlüssel");
    for name in ["", "  ", &"x".repeat(51)] {
        let reply = person.client.patch(&path, &json!({ "name": name })).expect(400);
        assert_eq!(reply.json["details"]["fields"][0]["field"], "name");
    }
    let _ = person.client.delete(&path).expect(204);
    assert_eq!(person.client.delete(&path).expect(404).code(), "not_found");
}

#[test]
fn a_deleted_passkey_signs_nobody_in() {
    let deployment = Deployment::shared();
    let mut person = deployment.member();
    let id = person.client.get("/api/webauthn/credentials").expect(200).json[0]["id"].clone();
    let path = format!("/api/webauthn/credentials/{}", id.as_str().expect("an id"));
    let client = person.client.clone();
    let _ = person.reauthenticate(&client).expect(204);
    let _ = client.delete(&path).expect(204);
    let reply = person.sign_in(&deployment.client()).expect(401);
    assert_eq!(reply.code(), "webauthn_authentication_failed");
}

fn passkeys_of(client: &Client, person: &Person) -> Reply {
    client.get(&format!("/api/users/{}/webauthn-credentials", person.id()))
}

#[test]
fn administrators_see_a_users_passkeys_and_remove_them() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let mut person = deployment.member();
    let own = person.client.get("/api/webauthn/credentials").expect(200).json;
    let seen = passkeys_of(admin, &person).expect(200).json;
    assert_eq!(seen, own, "a bare array of the same shape");
    for member in [
        "id",
        "name",
        "credentialID",
        "attestationType",
        "transport",
        "backupEligible",
        "backupState",
    ] {
        assert!(!seen[0][member].is_null(), "{member}");
    }
    let id = seen[0]["id"].as_str().expect("an id");
    let path = format!("/api/users/{}/webauthn-credentials/{id}", person.id());
    let _ = admin.delete(&path).expect(204);
    assert_eq!(passkeys_of(admin, &person).expect(200).json, json!([]));
    let _ = person.sign_in(&deployment.client()).expect(401);
    let _ = person.client.get("/api/users/me").expect(200);
    let again = admin.delete(&path).expect(404);
    assert_eq!((again.code(), again.text_of("error").as_str()), ("not_found", "Passkey not found"));
}

#[test]
fn a_users_passkeys_are_administrators_business_alone() {
    let deployment = Deployment::shared();
    let admin = &deployment.admin.client;
    let (person, other) = (deployment.member(), deployment.member());
    assert_eq!(passkeys_of(&person.client, &other).expect(403).code(), "forbidden");
    assert_eq!(passkeys_of(&deployment.client(), &other).expect(401).code(), "not_signed_in");
    let id = passkeys_of(admin, &other).expect(200).json[0]["id"].clone();
    let id = id.as_str().expect("an id");
    let of_other = format!("/api/users/{}/webauthn-credentials/{id}", other.id());
    assert_eq!(person.client.delete(&of_other).expect(403).code(), "forbidden");
    // A passkey is removed of the user it belongs to, or of nobody.
    let mixed = format!("/api/users/{}/webauthn-credentials/{id}", person.id());
    assert_eq!(admin.delete(&mixed).expect(404).code(), "not_found");
    for nobody in ["00000000-0000-4000-8000-000000000000", "not-a-uuid"] {
        let path = format!("/api/users/{nobody}/webauthn-credentials");
        assert_eq!(admin.get(&path).expect(404).code(), "user_not_found");
        assert_eq!(admin.delete(&format!("{path}/{nobody}")).expect(404).code(), "not_found");
    }
    assert_eq!(passkeys_of(admin, &other).expect(200).json.as_array().map(Vec::len), Some(1));
}

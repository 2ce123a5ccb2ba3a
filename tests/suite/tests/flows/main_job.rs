use postern_suite::Deployment;
use serde_json::json;

#[test]
fn an_administrators_link_becomes_a_users_passkey() {
    let deployment = Deployment::shared();
    let user = deployment.new_user();
    let minted = deployment.mint(&user, &json!({ "ttl": "1h" })).expect(201);
    let path = format!("/api/one-time-access-token/{}", minted.text_of("token"));

    let browser = deployment.client();
    let shown = browser.get(&path).expect(200);
    assert_eq!(shown.json["username"], user["username"]);
    assert_eq!(shown.json["expiresAt"], minted.json["expiresAt"]);
    let redeemed = browser.post_empty(&path).expect(200);
    assert_eq!(redeemed.json["id"], user["id"]);

    let mut person = postern_suite::Person {
        client: browser,
        authenticator: authenticator::Authenticator::new([0x3a; 32]),
        user,
    };
    let passkey = person.register().expect(200);
    assert_eq!(passkey.json["backupEligible"], false);
    let _ = person.client.post_empty("/api/webauthn/logout").expect(204);
    assert_eq!(person.client.get("/api/users/me").expect(401).code(), "not_signed_in");

    let browser = person.client.clone();
    let signed_in = person.sign_in(&browser).expect(200);
    assert_eq!(signed_in.json["id"], person.user["id"]);
    let me = browser.get("/api/users/me").expect(200);
    assert_eq!(me.json["passkeyCount"], 1);
    assert!(me.json["lastSignInAt"].is_string());
}

use postern_suite::Deployment;
use serde_json::json;

// That twenty attempts at once make one administrator is asserted where every test gets its
// deployment from: `Deployment::set_up`.

#[test]
fn setup_is_over_once_somebody_exists() {
    let client = Deployment::shared().client();
    let reply = client.get("/api/signup/setup").expect(404);
    assert_eq!((reply.code(), &*reply.text_of("error")), ("setup_not_available", "Not found"));
}

#[test]
fn setup_without_the_deployments_token_is_refused() {
    let client = Deployment::shared().client();
    let mut body = json!({ "username": "eve", "email": "eve@example.com" });
    assert_eq!(client.post("/api/signup/setup", &body).expect(403).code(), "setup_token_required");
    body["setupToken"] = json!("guess");
    assert_eq!(client.post("/api/signup/setup", &body).expect(403).code(), "setup_token_required");
}

#[test]
fn the_first_administrator_is_signed_in_with_the_contracts_reply() {
    let admin = &Deployment::shared().admin;
    assert_eq!(admin.user["isAdmin"], true);
    assert_eq!(admin.user["displayName"], "Ada Admin");
    assert_eq!(admin.user["emailVerified"], false);
    assert_eq!(admin.user["customClaims"], json!([]));
    assert_eq!(admin.user["userGroups"], json!([]));
    let _ = admin.client.get("/api/users/me").expect(200);
}

use serde_json::json;

use crate::Deployment;

/// With tokens that fill a page, of two groups each, and default claims.
pub(super) fn every_route(deployment: &Deployment) {
    let admin = &deployment.admin.client;
    let groups: Vec<_> = (0..2).map(|number| group(deployment, number)).collect();
    let body = json!({ "usageLimit": 30, "userGroupIds": groups });
    let tokens: Vec<_> =
        (0..25).map(|_| admin.post("/api/signup-tokens", &body).expect(201).json).collect();
    sign_ups(deployment, &tokens[0]["token"]);
    for query in [
        "",
        "?includeExpired=true",
        "?sort[column]=usageCount&sort[direction]=desc&pagination[page]=2",
        "?includeExpired=true&sort[column]=expiresAt&sort[direction]=desc",
    ] {
        let _ = admin.get(&format!("/api/signup-tokens{query}")).expect(200);
    }
    let token = format!("/api/signup-tokens/{}", tokens[0]["id"].as_str().expect("an id"));
    for query in ["", "?pagination[page]=2"] {
        let _ = admin.get(&format!("{token}/uses{query}")).expect(200);
    }
    let _ = admin.delete(&token).expect(204);
}

fn group(deployment: &Deployment, number: u32) -> String {
    let body = json!({ "friendlyName": format!("Set {number}"), "name": format!("set{number}") });
    deployment.admin.client.post("/api/user-groups", &body).expect(201).text_of("id")
}

fn sign_ups(deployment: &Deployment, token: &serde_json::Value) {
    let admin = &deployment.admin.client;
    let shown = format!("/api/signup/token/{}", token.as_str().expect("a token"));
    for _ in 0..25 {
        let client = deployment.client();
        let _ = client.get(&shown).expect(200);
        let _ = client.post("/api/signup", &Deployment::application(token)).expect(201);
    }
    let claims = json!([{ "key": "team", "value": "a" }, { "key": "site", "value": "b" }]);
    let form = json!({
        "allowUserSignups": "open", "signupDefaultCustomClaims": claims.to_string(),
    });
    let _ = admin.put("/api/application-configuration", &form).expect(200);
    let open = Deployment::application(&json!(null));
    let _ = deployment.client().post("/api/signup", &open).expect(201);
    let _ = deployment.client().post("/api/signup", &open).expect(409);
}

use serde_json::json;

use crate::Deployment;

/// By mail: with a user whose address is known, and of a link bound to the browser that asked.
pub(super) fn every_route(deployment: &Deployment) {
    let admin = &deployment.admin.client;
    let on = json!({
        "emailOneTimeAccessAsUnauthenticatedEnabled": "true",
        "emailOneTimeAccessAsAdminEnabled": "true",
        "emailVerificationEnabled": "true",
        "emailLoginNotificationEnabled": "true",
    });
    let _ = admin.put("/api/application-configuration", &on).expect(200);
    let person = deployment.newcomer();
    let mail = format!("/api/users/{}/one-time-access-email", person.id());
    let _ = admin.post(&mail, &json!({})).expect(204);
    let client = deployment.client();
    for _ in 0..3 {
        let ask = json!({ "email": person.user["email"] });
        let _ = client.post("/api/one-time-access-email", &ask).expect(204);
    }
    for _ in 0..6 {
        let _ = client.post_empty("/api/one-time-access-token/0000-0000").expect(401);
    }
    for _ in 0..2 {
        let _ = person.client.post_empty("/api/users/me/send-email-verification").expect(204);
    }
    let wrong = json!({ "token": "AAAAAAAAAAAAAAAAAAAAAAAA" });
    let _ = person.client.post("/api/users/me/verify-email", &wrong).expect(400);
}

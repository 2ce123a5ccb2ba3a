use serde_json::json;

use crate::Deployment;

pub(super) fn every_route(deployment: &Deployment) {
    let mut person = deployment.member();
    let client = person.client.clone();
    let _ = person.reauthenticate(&client).expect(204);
    let _ = client.post_empty("/api/webauthn/reauthenticate").expect(204);
    let passkey = person.client.get("/api/webauthn/credentials").expect(200).json[0].clone();
    let passkey = format!("/api/webauthn/credentials/{}", passkey["id"].as_str().expect("an id"));
    let _ = person.client.patch(&passkey, &json!({ "name": "Key" })).expect(200);
    let _ = person.client.delete(&passkey).expect(204);
    let _ = person.client.post_empty("/api/webauthn/logout").expect(204);
}

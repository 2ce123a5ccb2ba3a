use serde_json::json;

use crate::Deployment;

pub(super) fn every_route(deployment: &Deployment) {
    let admin = &deployment.admin.client;
    let user = deployment.new_user();
    let id = user["id"].as_str().expect("an id");
    for query in [
        "",
        "?search=user1",
        "?search=us",
        "?sort[column]=lastName&sort[direction]=desc",
        "?sort[column]=isAdmin&pagination[page]=2",
        "?search=crowd&filters[isAdmin]=true",
    ] {
        let _ = admin.get(&format!("/api/users{query}")).expect(200);
    }
    let _ = admin.get(&format!("/api/users/{id}")).expect(200);
    let me = admin.get("/api/users/me").expect(200).json;
    let _ = admin.put("/api/users/me", &me).expect(200);
    for query in ["filters[disabled]=false", "search=user&filters[hasPasskey]=true"] {
        let _ = admin.get(&format!("/api/users?{query}")).expect(200);
    }
    let link = deployment.mint(&user, &json!({})).expect(201);
    let links = format!("/api/users/{id}/one-time-access-tokens");
    let _ = admin.get(&links).expect(200);
    let token = link.text_of("token");
    let _ = deployment.client().get(&format!("/api/one-time-access-token/{token}")).expect(200);
    let _ = admin.delete(&format!("{links}/{}", link.text_of("id"))).expect(204);
    let _ =
        deployment.client().post_empty(&format!("/api/one-time-access-token/{token}")).expect(401);
    let _ = admin.put(&format!("/api/users/{id}"), &user).expect(200);
    let bulk = json!({ "ids": [id], "action": "disable" });
    let _ = admin.post("/api/users/bulk", &bulk).expect(200);
    let _ = admin.delete(&format!("/api/users/{id}")).expect(204);
}

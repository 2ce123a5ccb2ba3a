use crate::Deployment;

pub(super) fn every_route(deployment: &Deployment) {
    let mut person = deployment.member();
    let elsewhere = deployment.client();
    let _ = person.sign_in(&elsewhere).expect(200);
    let sessions = person.client.get("/api/users/me/sessions").expect(200).json;
    let other = sessions["data"].as_array().expect("a list").iter().find(|s| s["current"] == false);
    let other = other.and_then(|session| session["id"].as_str()).expect("another session");
    let _ = person.client.delete(&format!("/api/users/me/sessions/{other}")).expect(204);
}

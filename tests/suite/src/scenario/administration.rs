use serde_json::json;

use crate::Deployment;

pub(super) fn every_route(deployment: &Deployment) {
    configuration(deployment);
    audit_log(deployment);
    let _ = deployment.admin.client.get("/api/version/current").expect(200);
    let _ = deployment.client().get("/api/version/latest").expect(200);
}

fn configuration(deployment: &Deployment) {
    let admin = &deployment.admin.client;
    let path = "/api/application-configuration";
    let form = json!({ "homePageUrl": "/", "cimdUrlAllowlist": "[\"https://a.example\"]" });
    let _ = admin.put(path, &form).expect(200);
    let _ = admin.put(path, &json!({ "smtpPassword": "secret", "homePageUrl": "" })).expect(200);
    let _ = admin.get("/api/application-configuration/all").expect(200);
    let _ = deployment.client().get(path).expect(200);
}

const FILTERS: [&str; 6] = [
    "filters[event]=ACCOUNT_CREATED",
    "filters[event][0]=ACCOUNT_CREATED&filters[event][1]=SIGN_IN",
    "filters[userID]=00000000-0000-4000-8000-000000000001",
    "filters[event]=ACCOUNT_CREATED&filters[userID]=00000000-0000-4000-8000-000000000001",
    "filters[event][0]=ACCOUNT_CREATED&filters[event][1]=SIGN_IN\
     &filters[userID]=00000000-0000-4000-8000-000000000001",
    "filters[userID]=00000000-0000-4000-8000-000000000001\
     &filters[actorID]=00000000-0000-4000-8000-000000000002",
];

fn audit_log(deployment: &Deployment) {
    let admin = &deployment.admin.client;
    let person = deployment.newcomer();
    for query in ["", "?pagination[page]=2", "?pagination[limit]=100"] {
        let _ = person.client.get(&format!("/api/audit-logs{query}")).expect(200);
        let own = query.replace('?', "&");
        let _ = admin.get(&format!("/api/audit-logs?filters[event]=SIGN_IN{own}")).expect(200);
        for filter in FILTERS {
            let _ = admin.get(&format!("/api/audit-logs/all?{filter}{own}")).expect(200);
        }
        let _ = admin.get(&format!("/api/audit-logs{query}")).expect(200);
        let _ = admin.get(&format!("/api/audit-logs/all{query}")).expect(200);
    }
    for query in [
        "?filters[from]=2026-01-01T00:00:00Z&filters[to]=2099-01-01T00:00:00Z",
        "?sort[column]=createdAt&sort[direction]=asc&pagination[cursor]=1-1",
    ] {
        let _ = admin.get(&format!("/api/audit-logs/all{query}")).expect(200);
    }
    let _ = admin.get("/api/audit-logs/filters/client-names").expect(200);
    let _ = admin.get("/api/audit-logs/filters/users").expect(200);
    let _ = admin.get("/api/audit-logs/export?format=csv").expect(200);
    let _ = admin.get("/api/audit-logs/export?format=json&filters[event]=SIGN_IN").expect(200);
}

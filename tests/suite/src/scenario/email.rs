use serde_json::json;

use crate::mail_server::{Behaviour, MailServer};
use crate::{Deployment, SCHEDULE_KEY};

/// By then the scenario's database holds a user with as many mails as a page shows.
pub(super) fn every_route(deployment: &Deployment) {
    let server = MailServer::start(Behaviour::Obliging);
    let admin = &deployment.admin.client;
    let settings = json!({
        "smtpHost": "localhost", "smtpPort": server.port.to_string(),
        "smtpFrom": "postern@example.com",
    });
    let _ = admin.put("/api/application-configuration", &settings).expect(200);
    let _ = admin.post_empty("/api/application-configuration/test-email").expect(204);
    let bearer = format!("Bearer {SCHEDULE_KEY}");
    let scheduler = deployment.client().with_header("authorization", &bearer);
    let tally = scheduler.post_empty("/api/scheduled/email").expect(200).json;
    assert_eq!(tally["sent"], crate::costs::CROWD_MAILS);
    let emails = format!("/api/users/{}/emails", crate::costs::CROWD_READER);
    for query in ["?pagination[limit]=100", "?pagination[page]=9"] {
        let _ = admin.get(&format!("{emails}{query}")).expect(200);
    }
    let mails = admin.get(&emails).expect(200).json;
    let mail = mails["data"][0]["id"].as_str().expect("an id");
    let _ = admin.post_empty(&format!("{emails}/{mail}/resend")).expect(204);
}

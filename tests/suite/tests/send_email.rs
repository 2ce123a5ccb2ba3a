//! Mail by Cloudflare's Email Service, which Workers have; Miniflare's stand-in leaves what it took in a
//! folder. Elsewhere the setting is refused in words.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use postern_suite::{Deployment, NativeServer, SETUP_TOKEN, database};
use serde_json::json;

const TEST: &str = "/api/application-configuration/test-email";

fn configured(deployment: &Deployment) {
    let settings = json!({ "smtpFrom": "postern@example.com" });
    let path = "/api/application-configuration";
    let _ = deployment.admin.client.put(path, &settings).expect(200);
}

#[test]
fn where_there_is_no_such_service_the_setting_is_refused_in_words() {
    for (transport, words) in [("send_email", "only Workers have"), ("pigeon", "must be smtp")] {
        let native = NativeServer::start_sending_by(Arc::new(database()), transport);
        let deployment = Deployment::set_up(&native.base_url, SETUP_TOKEN);
        configured(&deployment);
        let details = deployment.admin.client.post_empty(TEST).expect(409).json["details"].clone();
        assert_eq!(details["stage"], "settings", "{details}");
        assert!(details["reply"].as_str().is_some_and(|said| said.contains(words)), "{details}");
    }
}

#[test]
fn the_service_takes_the_mail_as_it_was_written() {
    let (Ok(url), Ok(folder)) = (std::env::var("POSTERN_URL"), std::env::var("POSTERN_SENT_MAIL"))
    else {
        return;
    };
    let token = std::env::var("POSTERN_SETUP_TOKEN").unwrap_or_default();
    let deployment = Deployment::set_up(&url, &token);
    configured(&deployment);
    let _ = deployment.admin.client.post_empty(TEST).expect(204);
    let address = deployment.admin.user["email"].as_str().expect("an address");
    let sent = (0..100).find_map(|_| {
        std::thread::sleep(Duration::from_millis(100));
        mails(Path::new(&folder)).into_iter().find(|mail| mail.contains(address))
    });
    let mail = sent.expect("the mail within ten seconds");
    assert!(mail.contains("<postern@example.com>") && mail.contains("Subject: "), "{mail}");
    assert!(mail.contains("multipart/alternative"), "{mail}");
}

/// The `.eml` files below a folder.
fn mails(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .flat_map(|entry| match entry.path() {
            path if path.is_dir() => mails(&path),
            path if path.extension().is_some_and(|it| it == "eml") => {
                std::fs::read_to_string(path).into_iter().collect()
            }
            _ => Vec::new(),
        })
        .collect()
}

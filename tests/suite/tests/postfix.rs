//! Both ways to a real mail server: submission with STARTTLS or TLS, and a password.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

use std::sync::Arc;

use postern_suite::mail_relay::MailRelay;
use postern_suite::mail_server::USER;
use postern_suite::postfix::Postfix;
use postern_suite::{
    Client, Deployment, MovableClock, NativeServer, SCHEDULE_KEY, SETUP_TOKEN, database,
};
use serde_json::{Value, json};

/// The way of mail.
#[derive(Debug, Clone, Copy)]
enum Way {
    Smtp,
    Relay,
}

const WAYS: [Way; 2] = [Way::Smtp, Way::Relay];

struct Sending {
    deployment: Deployment,
    _relay: Option<MailRelay>,
}

impl Way {
    fn to(self, port: u16, tls: &str, password: &str) -> Sending {
        let clock = Arc::new(MovableClock::default());
        let (server, relay) = match self {
            Self::Smtp => (NativeServer::start_at(Arc::new(database()), "off", clock), None),
            Self::Relay => {
                let settings =
                    [("SMTP_TLS", tls), ("SMTP_USER", USER.0), ("SMTP_PASSWORD", password)];
                let relay = MailRelay::beside(port, &settings);
                let database = Arc::new(database());
                (NativeServer::start_relayed(database, clock, &relay.url), Some(relay))
            }
        };
        let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
        let settings = json!({
            "smtpHost": "localhost", "smtpPort": port.to_string(), "smtpTls": tls,
            "smtpUser": USER.0, "smtpPassword": password, "smtpFrom": "postern@example.com",
            "emailOneTimeAccessAsAdminEnabled": "true",
        });
        let path = "/api/application-configuration";
        let _ = deployment.admin.client.put(path, &settings).expect(200);
        Sending { deployment, _relay: relay }
    }
}

impl Sending {
    fn admin(&self) -> &Client {
        &self.deployment.admin.client
    }

    /// How far a test mail comes that must fail, and the server's words.
    fn failure(&self) -> (String, String) {
        let path = "/api/application-configuration/test-email";
        let details = self.admin().post_empty(path).expect(409).json["details"].clone();
        let text = |key: &str| details[key].as_str().expect("a text").to_owned();
        (text("stage"), text("reply"))
    }

    /// Mails a link to somebody; what became of it.
    fn mail_a_link_to(&self, user: &Value) -> Value {
        let id = user["id"].as_str().expect("an id");
        let path = format!("/api/users/{id}/one-time-access-email");
        let _ = self.admin().post(&path, &json!({})).expect(204);
        let bearer = format!("Bearer {SCHEDULE_KEY}");
        let scheduler = self.deployment.client().with_header("authorization", &bearer);
        let _ = scheduler.post_empty("/api/scheduled/email").expect(200);
        self.admin().get(&format!("/api/users/{id}/emails")).expect(200).json["data"][0].clone()
    }
}

#[test]
fn mail_is_delivered_with_a_password_by_either_mechanism_and_either_tls() {
    let postfix = Postfix::start();
    for way in WAYS {
        for (port, tls) in [
            (postfix.submission, "starttls"),
            (postfix.login_only, "starttls"),
            (postfix.submissions, "tls"),
        ] {
            let sending = way.to(port, tls, USER.1);
            let mail = sending.mail_a_link_to(&sending.deployment.admin.user);
            assert_eq!(mail["state"], "sent", "{way:?}, {tls}: {mail}\n{}", postfix.log());
            let words = mail["reply"].as_str().unwrap_or_default();
            assert!(words.starts_with("250 2.0.0 Ok: queued as "), "{way:?}, {tls}: {words}");
            let message_id = format!("Message-ID: <{}@", mail["id"].as_str().expect("an id"));
            assert_eq!(postfix.delivered(&message_id), 1, "{way:?}, {tls}");
        }
    }
    let log = postfix.log();
    assert!(log.contains("sasl_method=PLAIN") && log.contains("sasl_method=LOGIN"), "{log}");
    assert!(log.contains("sasl_username=postern"), "{log}");
}

#[test]
fn a_wrong_password_and_a_way_without_tls_are_told_and_refuse_no_mail() {
    let postfix = Postfix::start();
    for way in WAYS {
        let sending = way.to(postfix.submission, "starttls", "wrong");
        let (stage, words) = sending.failure();
        assert_eq!(stage, "authentication", "{way:?}: {words}");
        assert!(words.contains("535 5.7.8"), "{way:?}: {words}");
        let mail = sending.mail_a_link_to(&sending.deployment.admin.user);
        assert_eq!(mail["state"], "queued", "{way:?}: {mail}");
        let (stage, words) = way.to(postfix.submission, "tls", USER.1).failure();
        assert!(matches!(stage.as_str(), "tls" | "connect"), "{way:?}: {stage}: {words}");
        let (stage, _) = way.to(postfix.submission, "none", USER.1).failure();
        assert_eq!(stage, "authentication", "{way:?}: it takes no password in clear");
    }
}

#[test]
fn an_unknown_recipient_is_refused_for_good_and_those_behind_are_not_held_up() {
    let postfix = Postfix::start();
    for way in WAYS {
        let sending = way.to(postfix.submission, "starttls", USER.1);
        let mail = sending.mail_a_link_to(&sending.deployment.new_user());
        assert_eq!(mail["state"], "refused", "{way:?}: {mail}");
        let words = mail["reply"].as_str().unwrap_or_default();
        assert!(words.contains("550 5.1.1") && words.contains("unknown"), "{way:?}: {words}");
        let mail = sending.mail_a_link_to(&sending.deployment.admin.user);
        assert_eq!(mail["state"], "sent", "{way:?}: {mail}");
    }
}

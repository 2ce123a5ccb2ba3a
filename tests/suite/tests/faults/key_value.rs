//! A key-value store that fails or is slow: what the database committed stands, and what it knows is
//! told.

use std::sync::Arc;

use postern_suite::{
    Client, Deployment, FaultyKeyValue, KeyValueFault, MovableClock, NativeServer, Reply,
    SETUP_TOKEN, database,
};
use serde_json::{Value, json};

const PATH: &str = "/api/application-configuration";
const LOGO: &str = "/api/application-images/logo";

const FAULTS: [KeyValueFault; 4] = [
    KeyValueFault::Unreachable,
    KeyValueFault::ReadOnly,
    KeyValueFault::Forgetful,
    KeyValueFault::Slow,
];

struct Faulty {
    key_value: Arc<FaultyKeyValue>,
    clock: Arc<MovableClock>,
    server: NativeServer,
    deployment: Deployment,
}

fn faulty() -> Faulty {
    let key_value = Arc::new(FaultyKeyValue::default());
    let clock = Arc::new(MovableClock::default());
    let server = NativeServer::start_with(
        Arc::new(database()),
        "off",
        Arc::clone(&clock) as _,
        Arc::clone(&key_value) as _,
    );
    let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
    Faulty { key_value, clock, server, deployment }
}

impl Faulty {
    /// A public setting, as whoever opens a page now learns it.
    fn told(&self, key: &str) -> String {
        let settings = self.deployment.client().get(PATH).expect(200).json;
        let settings = settings.as_array().expect("an array");
        let setting = settings.iter().find(|setting| setting["key"] == key).expect("the setting");
        setting["value"].as_str().expect("text").to_owned()
    }

    /// How many entries of an event there are.
    fn count(&self, event: &str) -> Value {
        let path = format!("/api/audit-logs/all?filters[event]={event}");
        self.deployment.admin.client.get(&path).expect(200).json["pagination"]["totalItems"].clone()
    }
}

fn upload(client: &Client, path: &str) -> Reply {
    // One pixel.
    let picture: &[u8] = &[
        0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0,
        0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 10, 0x49, 0x44, 0x41,
        0x54, 0x78, 0x9c, 0x63, 0x60, 0, 0, 0, 2, 0, 1, 0x48, 0xaf, 0xa4, 0x71, 0, 0, 0, 0, 0x49,
        0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
    ];
    let head = b"--frontier\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n";
    let form = [&head[..], picture, b"\r\n--frontier--\r\n"].concat();
    let kind = "multipart/form-data; boundary=frontier";
    client.clone().with_header("content-type", kind).send("PUT", path, Some(&form))
}

#[test]
fn a_setting_is_kept_and_told_within_a_minute_whatever_the_store_does() {
    let faulty = faulty();
    for (number, fault) in FAULTS.into_iter().enumerate() {
        let _ = faulty.told("homePageUrl");
        faulty.key_value.fail(fault);
        let page = format!("/{number}");
        let form = json!({ "homePageUrl": page });
        let changed = faulty.deployment.admin.client.put(PATH, &form).expect(200);
        assert!(changed.text.contains(&format!("\"{page}\"")), "{fault:?}");
        let told = faulty.told("homePageUrl");
        // What can be read and not written is the one case in which an older snapshot is seen.
        assert!(told == page || fault == KeyValueFault::ReadOnly, "{fault:?}: {told}");
        faulty.clock.forward_seconds(60);
        assert_eq!(faulty.told("homePageUrl"), page, "{fault:?}");
        faulty.key_value.fail(None);
        faulty.clock.forward_seconds(60);
        assert_eq!(faulty.told("homePageUrl"), page, "{fault:?}");
    }
    let warned = |line: &Value| line["level"] == "warning";
    assert!(faulty.server.ledger.lines().iter().any(warned), "the operator is told");
}

#[test]
fn an_image_is_taken_away_and_told_to_be_gone_whatever_the_store_does() {
    let faulty = faulty();
    let admin = &faulty.deployment.admin.client;
    for fault in FAULTS {
        let _ = upload(admin, LOGO).expect(204);
        assert!(faulty.told("images").contains("logo-light"), "{fault:?}");
        faulty.key_value.fail(fault);
        let _ = admin.delete(LOGO).expect(204);
        let _ = faulty.deployment.client().get(LOGO).expect(404);
        faulty.clock.forward_seconds(60);
        assert_eq!(faulty.told("images"), "{}", "{fault:?}");
        faulty.key_value.fail(None);
        assert_eq!(faulty.told("images"), "{}", "{fault:?}");
    }
}

#[test]
fn what_the_store_did_not_take_is_nobodys_picture() {
    let faulty = faulty();
    let admin = &faulty.deployment.admin.client;
    let own = "/api/users/me/profile-picture";
    let shown = format!("/api/users/{}/profile-picture.png", faulty.deployment.admin.id());
    let initials = admin.get(&shown).expect(200).bytes;
    for fault in [KeyValueFault::Unreachable, KeyValueFault::ReadOnly] {
        faulty.key_value.fail(fault);
        for path in [LOGO, own] {
            let reply = upload(admin, path).expect(500);
            assert!(!reply.text.contains("secret-looking"), "{}", reply.text);
        }
        assert_eq!(faulty.told("images"), "{}");
        assert_eq!(admin.get(&shown).expect(200).bytes, initials);
        faulty.key_value.fail(None);
    }
    assert_eq!(faulty.count("IMAGE_CHANGED"), 0);
    assert_eq!(faulty.count("PROFILE_PICTURE_CHANGED"), 0);
}

#[test]
fn a_picture_that_cannot_be_fetched_is_shown_as_the_next_best_and_comes_back() {
    let faulty = faulty();
    let admin = &faulty.deployment.admin.client;
    let shown = format!("/api/users/{}/profile-picture.png", faulty.deployment.admin.id());
    let initials = admin.get(&shown).expect(200).bytes;
    let _ = upload(admin, "/api/users/me/profile-picture").expect(204);
    let _ = upload(admin, LOGO).expect(204);
    let own = admin.get(&shown).expect(200).bytes;
    assert_ne!(own, initials);
    for fault in [KeyValueFault::Unreachable, KeyValueFault::Forgetful] {
        faulty.key_value.fail(fault);
        let reply = admin.get(&shown).expect(200);
        assert_eq!(reply.bytes, initials, "{fault:?}");
        assert_eq!(reply.header("cache-control"), "private, no-store");
        assert_eq!(admin.get(LOGO).expect(404).code(), "image_not_found");
    }
    for fault in [None, Some(KeyValueFault::Slow)] {
        faulty.key_value.fail(fault);
        assert_eq!(admin.get(&shown).expect(200).bytes, own);
        let _ = admin.get(LOGO).expect(200);
    }
}

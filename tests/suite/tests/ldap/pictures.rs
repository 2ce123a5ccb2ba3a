//! Pictures that a directory has of people.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use directory::Slapd;
use directory::people::{dn, person};
use postern_suite::{Reply, SCHEDULE_KEY};
use serde_json::{Value, json};

use super::{Synced, people};

#[path = "../flows/pictures/files.rs"]
mod files;
#[path = "pictures/trouble.rs"]
mod trouble;

use files::{Pixels, colour_at, every_kind, form, halves, is_alike, size};

const RED: [u8; 3] = [255, 0, 0];
const BLUE: [u8; 3] = [0, 0, 255];
const GREEN: [u8; 3] = [0, 255, 0];

/// An attribute that takes any bytes, unlike `jpegPhoto`.
const ATTRIBUTE: &str = "audio";

/// A JPEG of one colour.
fn photo(colour: [u8; 3]) -> Vec<u8> {
    files::jpeg(&Pixels { width: 64, height: 64, rgb: colour.repeat(64 * 64) })
}

/// Somebody with this in their entry.
fn with(uid: &str, file: &[u8]) -> String {
    format!("{}\n{ATTRIBUTE}:: {}\n\n", person(uid).trim_end(), STANDARD.encode(file))
}

fn synced(ldif: &str) -> Synced {
    let synced = Synced::beside(Slapd::with(ldif), &[("EXTRA_ATTRIBUTES", ATTRIBUTE)]);
    synced.set(&json!({ "ldapAttributeUserProfilePicture": ATTRIBUTE }));
    synced
}

/// Longer than what was just compared rests for an administrator, and than a step that failed.
const A_WHILE: i64 = 16 * 60;

impl Synced {
    /// Puts something else in the place of a picture; nothing takes it away.
    fn replace_photo(&self, uid: &str, file: Option<&[u8]>) {
        let line = file.map(|file| format!("{ATTRIBUTE}:: {}\n", STANDARD.encode(file)));
        let (dn, line) = (dn(uid), line.unwrap_or_default());
        let ldif = format!("dn: {dn}\nchangetype: modify\nreplace: {ATTRIBUTE}\n{line}\n");
        self.slapd().modify(&ldif);
    }

    /// Syncs so much later that pictures are compared.
    #[track_caller]
    fn synced_later(&self) -> Value {
        self.clock.forward_seconds(A_WHILE);
        self.synced()
    }

    /// What the clock does.
    #[track_caller]
    fn strike(&self) {
        let bearer = format!("Bearer {SCHEDULE_KEY}");
        let clock = self.deployment.client().with_header("authorization", &bearer);
        let _ = clock.post_empty("/api/scheduled/ldap").expect(204);
    }

    /// Somebody's picture.
    #[track_caller]
    fn picture(&self, uid: &str) -> Vec<u8> {
        let path = format!("{}.png?skipCache", self.path(uid));
        let shown = self.admin.get(&path).expect(200).bytes;
        assert_eq!(size(&shown), (300, 300));
        shown
    }

    #[track_caller]
    fn shows(&self, uid: &str, colour: [u8; 3]) -> bool {
        is_alike(colour_at(&self.picture(uid), 10, 10), colour)
    }

    fn path(&self, uid: &str) -> String {
        let id = self.known(uid)["id"].clone();
        format!("/api/users/{}/profile-picture", id.as_str().expect("an id"))
    }

    fn upload(&self, uid: &str, file: &[u8]) {
        let kind = "multipart/form-data; boundary=frontier";
        let admin = self.admin.clone().with_header("content-type", kind);
        let _ = admin.send("PUT", &self.path(uid), Some(&form("file", file))).expect(204);
    }

    /// Who changed whose picture, the newest first.
    fn changes_of_pictures(&self) -> Vec<Value> {
        let path = "/api/audit-logs/all?filters[event]=PROFILE_PICTURE_CHANGED\
            &pagination[limit]=100";
        self.admin.get(path).expect(200).json["data"].as_array().expect("a list").clone()
    }

    /// How many files were handed on since the log had `lines` lines.
    fn handed_on(&self, lines: usize) -> usize {
        let log = self.server.ledger.lines();
        log[lines..].iter().filter(|line| line["route"] == "/internal/pictures/{ldap_id}").count()
    }
}

#[test]
fn pictures_of_every_kind_come_with_their_people() {
    let kinds = every_kind(&halves(300, 200));
    let names = ["ann", "bob", "cas", "dan"];
    let mut ldif: String =
        names.iter().zip(&kinds).map(|(name, (_, file))| with(name, file)).collect();
    ldif.push_str(&with("eve", STANDARD.encode(photo(GREEN)).as_bytes()));
    ldif.push_str(&people(&["fay"]));
    let synced = synced(&ldif);
    let _ = synced.synced();
    for (name, (kind, _)) in names.iter().zip(kinds) {
        let shown = synced.picture(name);
        assert!(is_alike(colour_at(&shown, 10, 150), RED), "{kind}");
        assert!(is_alike(colour_at(&shown, 290, 150), BLUE), "{kind}");
    }
    assert!(synced.shows("eve", GREEN), "base64 in text");
    let entries = synced.changes_of_pictures();
    assert_eq!(entries.len(), 5);
    for entry in entries {
        assert_eq!(
            (&entry["actorUsername"], &entry["data"]["by"]),
            (&Value::Null, &json!("directory"))
        );
    }
}

#[test]
fn what_is_no_picture_is_left_out_and_not_tried_again_until_it_changes() {
    let large = [photo(RED), vec![0; 2_000_000]].concat();
    let cut = &photo(RED)[..200];
    let files: [(&str, &[u8]); 4] = [
        ("ann", b"https://example.org/ann.jpg"),
        ("bob", b"\xff\xfe nothing"),
        ("cas", cut),
        ("dan", &large),
    ];
    let ldif: String = files.iter().map(|(name, file)| with(name, file)).collect();
    let synced = synced(&ldif);
    let lines = synced.server.ledger.lines().len();
    assert_eq!(synced.synced()["users"]["create"], 4);
    assert_eq!(synced.handed_on(lines), 3, "too much is not even sent");
    assert!(synced.changes_of_pictures().is_empty());
    let lines = synced.server.ledger.lines().len();
    let _ = synced.synced_later();
    assert_eq!(synced.handed_on(lines), 0);
    for (name, _) in files {
        synced.replace_photo(name, Some(&photo(BLUE)));
    }
    let _ = synced.synced_later();
    assert!(files.iter().all(|(name, _)| synced.shows(name, BLUE)));
    // A picture that there was is not taken away by something that is none.
    synced.replace_photo("ann", Some(b"https://example.org/ann.jpg"));
    synced.replace_photo("dan", Some(&large));
    let _ = synced.synced_later();
    assert!(synced.shows("ann", BLUE) && synced.shows("dan", BLUE));
    for name in ["ann", "dan"] {
        synced.replace_photo(name, None);
    }
    let _ = synced.synced_later();
    assert!(!synced.shows("ann", BLUE) && !synced.shows("dan", BLUE));
}

#[test]
fn a_picture_that_changes_or_goes_does_so_here() {
    let ldif = with("ann", &photo(RED)) + &with("bob", &photo(RED)) + &with("cas", &photo(RED));
    let synced = synced(&ldif);
    let _ = synced.synced();
    synced.replace_photo("ann", Some(&photo(BLUE)));
    synced.replace_photo("bob", None);
    let lines = synced.server.ledger.lines().len();
    let _ = synced.synced_later();
    assert_eq!(synced.handed_on(lines), 2);
    assert!(synced.shows("ann", BLUE) && synced.shows("cas", RED));
    assert!(!synced.shows("bob", RED));
    let entries = synced.changes_of_pictures();
    let bobs = entries.iter().find(|entry| entry["username"] == "bob").expect("an entry");
    assert_eq!((&bobs["actorUsername"], &bobs["data"]["after"]), (&Value::Null, &Value::Null));
    assert!(bobs["data"]["before"].is_string());
    synced.replace_photo("bob", Some(&photo(GREEN)));
    let _ = synced.synced_later();
    assert!(synced.shows("bob", GREEN));
}

#[test]
fn what_was_given_here_stays_until_the_directory_has_something_new() {
    let synced = synced(&with("ann", &photo(RED)));
    let _ = synced.synced();
    synced.upload("ann", &photo(GREEN));
    synced.slapd().rename(&dn("ann"), "uid=anna", "ou=people,dc=example,dc=com");
    let _ = synced.synced_later();
    assert!(synced.shows("anna", GREEN), "her entry is another, her picture is not");
    synced.replace_photo("anna", Some(&photo(BLUE)));
    let _ = synced.synced_later();
    assert!(synced.shows("anna", BLUE));
    synced.upload("anna", &photo(GREEN));
    synced.replace_photo("anna", None);
    let _ = synced.synced_later();
    assert!(synced.shows("anna", GREEN), "that one was never the directory's");
    let _ = synced.admin.delete(&synced.path("anna")).expect(204);
    let _ = synced.synced_later();
    assert!(!synced.shows("anna", GREEN));
}

#[test]
fn the_clock_compares_once_a_day_and_goes_on_until_everybody_has_theirs() {
    let names: Vec<String> = (0..60).map(|number| format!("p{number}")).collect();
    let ldif: String = names.iter().map(|name| with(name, &photo(RED))).collect();
    let synced = synced(&ldif);
    let _ = synced.synced();
    let had = names.iter().filter(|name| synced.shows(name, RED)).count();
    assert!((1..60).contains(&had), "{had} while somebody waited");
    synced.strike();
    assert!(names.iter().all(|name| synced.shows(name, RED)));
    synced.replace_photo("p7", Some(&photo(BLUE)));
    synced.clock.forward_seconds(23 * 3600);
    synced.strike();
    assert!(synced.shows("p7", RED));
    synced.clock.forward_seconds(3600);
    synced.strike();
    assert!(synced.shows("p7", BLUE));
    let asked = synced.server.ldap.connections();
    synced.strike();
    assert_eq!(synced.server.ldap.connections(), asked);
}

#[test]
fn without_an_attribute_for_it_no_picture_is_asked_for() {
    let synced = synced(&with("ann", &photo(RED)));
    synced.set(&json!({ "ldapAttributeUserProfilePicture": "" }));
    let _ = synced.synced();
    let _ = synced.synced();
    assert!(!synced.shows("ann", RED));
    synced.set(&json!({ "ldapAttributeUserProfilePicture": ATTRIBUTE }));
    let _ = synced.synced();
    assert!(synced.shows("ann", RED));
    synced.set(&json!({ "ldapAttributeUserProfilePicture": "" }));
    let _ = synced.synced_later();
    assert!(synced.shows("ann", RED), "what there is stays");
}

#[test]
fn a_test_says_who_has_a_picture() {
    let synced = synced(&(with("ann", &photo(RED)) + &person("bob")));
    let found: Reply = synced.test().expect(200);
    let samples = found.json["users"]["samples"].as_array().expect("samples");
    let has = |name: &str| {
        let sample = samples.iter().find(|sample| sample["username"] == name);
        sample.expect("a sample")["hasPicture"] == true
    };
    assert!(has("ann") && !has("bob"));
}

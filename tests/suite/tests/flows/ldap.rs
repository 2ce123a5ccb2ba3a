//! A directory lives through a year. One test, because a deployment has one directory: each season goes
//! on where the one before left off. What can go wrong is tested natively (`tests/ldap`).

use std::sync::MutexGuard;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use directory::people::{dn, group, group_dn, person};
use directory::{Middleman, Slapd};
use postern_suite::ldap::{self, Directory, Syncing};
use serde_json::{Value, json};

use super::administration::configuration::alone;
use super::pictures::files::{colour_at, halves, is_alike, jpeg};
use super::pictures::{BLUE, RED};

const FILTER: &str = "(&(objectClass=inetOrgPerson)(!(employeeType=gone)))";

/// The directory and whoever syncs it; the configuration is theirs until this value goes.
struct Year {
    directory: Directory,
    line: Middleman,
    by: Syncing,
    _alone: MutexGuard<'static, ()>,
}

impl Year {
    fn begin() -> Self {
        let alone = alone();
        let (deployment, line) = ldap::deployment();
        let names = ["y.ann", "y.bob", "y.cas", "y.dan", "y.eve", "y.fay", "y.gus", "y.hal"];
        let people: String = names.iter().map(|name| person(name)).collect();
        let people = with_picture(&people, "y.ann");
        let groups = [group("y.staff", &["y.ann", "y.bob"]), group("y.admins", &["y.ann"])];
        let slapd = Slapd::with(&format!("{people}{}", groups.concat()));
        let secret = ldap::secret();
        let proxy = [("SECRET", secret.as_str()), ("EXTRA_ATTRIBUTES", "employeeType")];
        let directory = Directory::beside(slapd, &proxy, &line);
        let by = Syncing { admin: deployment.admin.api_key("directory").1 };
        by.configure();
        by.set(&json!({
            "ldapEnabled": "false", "ldapUserSearchFilter": FILTER, "ldapAdminGroupName": "y.admins",
        }));
        Self { directory, line, by, _alone: alone }
    }

    fn slapd(&self) -> &Slapd {
        &self.directory.slapd
    }

    /// Syncs, and gives what was done.
    #[track_caller]
    fn done(&self) -> Vec<String> {
        self.by.told(&self.by.synced())
    }

    #[track_caller]
    fn is_disabled(&self, username: &str) -> bool {
        self.by.known(username)["disabled"] == true
    }
}

impl Drop for Year {
    fn drop(&mut self) {
        let unset = json!({
            "ldapEnabled": "", "ldapUserSearchFilter": "", "ldapAdminGroupName": "",
            "ldapBase": "", "ldapSoftDeleteUsers": "", "ldapMaxRemovedUsers": "",
        });
        // A test that fails must not keep the next from starting.
        let _ = self.by.admin.put("/api/application-configuration", &unset);
    }
}

/// The same people, one with a picture: left half red, right half blue.
fn with_picture(people: &str, uid: &str) -> String {
    let name = format!("uid: {uid}\n");
    let file = STANDARD.encode(jpeg(&halves(300, 300)));
    people.replace(&name, &format!("{name}jpegPhoto:: {file}\n"))
}

#[test]
fn a_directory_lives_through_a_year() {
    let mut year = Year::begin();
    spring(&year);
    summer(&year);
    autumn(&year);
    outage(&mut year);
    winter(&year);
}

/// Everybody comes; then nothing happens.
fn spring(year: &Year) {
    let found = year.by.test().expect(200).json;
    assert_eq!((&found["users"]["total"], &found["groups"]["total"]), (&json!(8), &json!(2)));
    let plan = year.by.preview();
    assert_eq!((&plan["state"], &plan["users"]["create"]), (&json!("planned"), &json!(8)));
    assert!(year.by.user("y.ann").is_none());
    // Only after a first sync, which fails, does the deployment's clock leave the next one to us.
    year.line.cut_after(200);
    year.by.set(&json!({ "ldapEnabled": "true" }));
    assert_eq!(year.by.sync().expect(409).code(), "ldap_failed");
    year.line.release();
    let run = year.by.synced();
    assert_eq!((&run["users"]["create"], &run["groups"]["create"]), (&json!(8), &json!(2)));
    assert_eq!(year.by.members("y.staff").expect("staff"), ["y.ann", "y.bob"]);
    assert_eq!(year.by.known("y.ann")["isAdmin"], true);
    assert_eq!(year.by.known("y.bob")["email"], "y.bob@example.org");
    picture_of_ann(year);
    assert_eq!(year.done(), [""; 0]);
}

/// Where requests are small the clock alone brings pictures, at its next minute or the one after.
fn picture_of_ann(year: &Year) {
    let ann = year.by.known("y.ann");
    let id = ann["id"].as_str().expect("an id");
    let path = format!("/api/users/{id}/profile-picture.png?skipCache");
    let shown = (0..1_500).any(|_| {
        let picture = year.by.admin.get(&path).expect(200).bytes;
        let is_hers = is_alike(colour_at(&picture, 10, 150), RED)
            && is_alike(colour_at(&picture, 290, 150), BLUE);
        is_hers || {
            std::thread::sleep(Duration::from_millis(200));
            false
        }
    });
    assert!(shown);
}

/// People marry, move, leave and come back; groups are made and change.
fn summer(year: &Year) {
    let below = "ou=people,dc=example,dc=com";
    let cas = year.by.known("y.cas");
    year.slapd().rename(&dn("y.cas"), "uid=y.cass", below);
    year.slapd().replace(&dn("y.dan"), "mail", &["d@example.org"]);
    assert_eq!(year.done(), ["update user y.cass", "update user y.dan"]);
    assert_eq!(year.by.known("y.cass")["id"], cas["id"]);

    let elsewhere = "ou=elsewhere,dc=example,dc=com";
    let unit = format!("dn: {elsewhere}\nobjectClass: organizationalUnit\nou: elsewhere\n");
    year.slapd().add(&unit);
    year.slapd().rename(&dn("y.eve"), "uid=y.eve", elsewhere);
    year.slapd().replace(&dn("y.bob"), "employeeType", &["gone"]);
    assert_eq!(year.done(), ["disable user y.bob"]);
    assert!(year.is_disabled("y.bob") && !year.is_disabled("y.eve"));

    year.slapd().replace(&dn("y.bob"), "employeeType", &[]);
    year.slapd().add(&group("y.new", &["y.fay", "y.bob"]));
    year.slapd().replace(&group_dn("y.staff"), "member", &[&dn("y.ann"), &dn("y.dan")]);
    assert_eq!(year.done(), ["create group y.new", "enable user y.bob", "update group y.staff"]);
    assert_eq!(year.by.members("y.new").expect("new"), ["y.bob", "y.fay"]);
    assert_eq!(year.by.members("y.staff").expect("staff"), ["y.ann", "y.dan"]);
}

/// Others administrate; somebody has the name of a local user, until the latter gives it up.
fn autumn(year: &Year) {
    year.slapd().replace(&group_dn("y.admins"), "member", &[&dn("y.fay")]);
    let run = year.by.synced();
    assert_eq!(run["admins"], json!({ "grant": 1, "revoke": 1 }));
    assert_eq!(year.by.known("y.ann")["isAdmin"], false);
    assert_eq!(year.by.known("y.fay")["isAdmin"], true);

    let body = json!({ "username": "y.ida", "email": "y.local@example.org" });
    let local = year.by.admin.post("/api/users", &body).expect(201).json;
    year.slapd().add(&person("y.ida"));
    let run = year.by.synced();
    assert_eq!(year.by.conflicts(&run), ["y.ida: usernameTaken"]);
    assert_eq!(year.by.known("y.ida"), local, "untouched");
    let path = format!("/api/users/{}", local["id"].as_str().expect("an id"));
    let _ = year.by.admin.delete(&path).expect(204);
    assert_eq!(year.done(), ["create user y.ida"]);
    assert_ne!(year.by.known("y.ida")["ldapId"], Value::Null);
}

/// The line breaks, and then the directory itself; nobody notices.
fn outage(year: &mut Year) {
    let before = year.by.everything();
    year.slapd().replace(&dn("y.gus"), "cn", &["Gus"]);
    year.line.cut_after(200);
    assert_eq!(year.by.sync().expect(409).code(), "ldap_failed");
    year.line.release();
    year.directory.slapd.kill();
    let reply = year.by.sync().expect(409);
    assert_eq!(reply.json["details"]["stage"], "connect", "{}", reply.text);
    assert_eq!(year.by.everything(), before);
    year.directory.slapd.restart();
    assert_eq!(year.done(), ["update user y.gus"]);
}

/// Half of them seem to be gone; an administrator looks and agrees. Later whoever goes is deleted.
fn winter(year: &Year) {
    let before = year.by.everything();
    for name in ["y.bob", "y.dan", "y.gus", "y.hal"] {
        year.slapd().replace(&dn(name), "employeeType", &["gone"]);
    }
    let run = year.by.held_back("tooManyRemovals");
    assert_eq!((&run["users"]["disable"], &run["canApply"]), (&json!(4), &json!(true)));
    assert_eq!(year.by.everything(), before);
    let plan = year.by.preview();
    assert_eq!((&plan["state"], &plan["users"]["disable"]), (&json!("aborted"), &json!(4)));
    let _ = year.by.apply(&plan).expect(204);
    assert!(year.is_disabled("y.bob") && !year.is_disabled("y.ann"));

    year.by.set(&json!({ "ldapSoftDeleteUsers": "false" }));
    year.slapd().delete(&dn("y.fay"));
    year.slapd().replace(&group_dn("y.admins"), "member", &[&dn("y.ann")]);
    year.slapd().delete(&group_dn("y.new"));
    let run = year.by.synced();
    assert_eq!((&run["users"]["delete"], &run["groups"]["delete"]), (&json!(1), &json!(1)));
    assert!(year.by.user("y.fay").is_none() && year.by.members("y.new").is_none());
    assert_eq!(year.done(), [""; 0]);
    let runs = year.by.admin.get("/api/ldap/runs?pagination[limit]=5").expect(200).json;
    assert_eq!(runs["data"].as_array().map(Vec::len), Some(5));
    assert!(runs["pagination"]["totalItems"].as_u64() > Some(12), "{}", runs["pagination"]);
}

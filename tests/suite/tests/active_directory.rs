//! The sync of a real Active Directory, by Samba. Only root can start one: `cargo xtask test http` does
//! where it can.

#![expect(clippy::expect_used, reason = "a test that cannot go on must fail loudly")]

use std::fmt::Write as _;
use std::sync::Arc;

use directory::{Proxy, Samba};
use postern_suite::ldap::Syncing;
use postern_suite::{Deployment, NativeServer, SETUP_TOKEN, database};
use serde_json::json;

/// More than Active Directory gives at once.
const PEOPLE: usize = 50;

const USERS: &str = "CN=Users,DC=example,DC=com";

/// People, some of them staff, and a group of which staff is the only member.
fn ldif() -> String {
    let mut text = String::new();
    for number in 0..PEOPLE {
        let _ = write!(
            text,
            "dn: CN=Person {number},{USERS}\nobjectClass: user\nsAMAccountName: p{number:03}\n\
             mail: p{number}@example.org\ngivenName: Pat\nsn: Number {number}\n\n"
        );
    }
    let _ = write!(text, "dn: CN=Staff,{USERS}\nobjectClass: group\nsAMAccountName: staff\n");
    for number in 0..30 {
        let _ = writeln!(text, "member: CN=Person {number},{USERS}");
    }
    let _ = write!(
        text,
        "\ndn: CN=Everybody,{USERS}\nobjectClass: group\nsAMAccountName: everybody\n\
         member: CN=Staff,{USERS}\n"
    );
    text
}

fn syncing(server: &NativeServer) -> Syncing {
    let deployment = Deployment::set_up(&server.base_url, SETUP_TOKEN);
    let by = Syncing { admin: deployment.admin.api_key("sync").1 };
    by.set(&json!({
        "ldapEnabled": "true", "ldapBase": "dc=example,dc=com",
        "ldapUserSearchFilter": "(&(objectClass=user)(sAMAccountName=p0*))",
        "ldapUserGroupSearchFilter": "(&(objectClass=group)(|(cn=staff)(cn=everybody)))",
        "ldapAttributeUserUniqueIdentifier": "objectGUID",
        "ldapAttributeUserUsername": "sAMAccountName", "ldapAttributeUserEmail": "mail",
        "ldapAttributeUserFirstName": "givenName", "ldapAttributeUserLastName": "sn",
        "ldapAttributeUserDisplayName": "cn", "ldapAttributeGroupMember": "member",
        "ldapAttributeGroupUniqueIdentifier": "objectGUID", "ldapAttributeGroupName": "cn",
    }));
    by
}

#[test]
fn a_domain_comes_changes_and_goes() {
    let samba = Samba::with(&ldif());
    let proxy = Proxy::at("ldap://localhost", &Samba::settings());
    let server = NativeServer::start(Arc::new(database()), "off");
    server.ldap.lead_to(proxy.port);
    let by = syncing(&server);
    comes(&by);
    changes(&by, &samba);
    is_seen_through_its_groups(&by);
}

fn comes(by: &Syncing) {
    let found = by.test().expect(200).json;
    assert_eq!((&found["users"]["total"], &found["groups"]["total"]), (&json!(PEOPLE), &json!(2)));
    let run = by.synced();
    assert_eq!((&run["users"]["create"], &run["users"]["conflict"]), (&json!(PEOPLE), &json!(0)));
    let person = by.known("p007");
    assert_eq!(
        (&person["email"], &person["lastName"]),
        (&json!("p7@example.org"), &json!("Number 7"))
    );
    assert_eq!(person["ldapId"].as_str().map(str::len), Some(36), "{person}");
    assert_eq!(by.members("Staff").expect("Staff").len(), 30);
    assert_eq!(by.members("Everybody").expect("Everybody"), [""; 0], "groups are no people");
    assert_eq!(by.synced()["progress"]["total"], 0);
}

fn changes(by: &Syncing, samba: &Samba) {
    let (seven, eight) = (by.known("p007"), by.known("p008"));
    samba.modify(&format!(
        "dn: OU=Elsewhere,DC=example,DC=com\nchangetype: add\nobjectClass: organizationalUnit\n\n\
         dn: CN=Person 7,{USERS}\nchangetype: modrdn\nnewrdn: CN=Person Seven\ndeleteoldrdn: 1\n\
         newsuperior: OU=Elsewhere,DC=example,DC=com\n\n\
         dn: CN=Person 8,{USERS}\nchangetype: modify\nreplace: sAMAccountName\n\
         sAMAccountName: p0eight\n\n\
         dn: CN=Person 9,{USERS}\nchangetype: delete\n\n\
         dn: CN=Person 10,{USERS}\nchangetype: modify\nreplace: mail\nmail: ten@example.org\n"
    ));
    let run = by.synced();
    let users = &run["users"];
    assert_eq!((&users["create"], &users["disable"]), (&json!(0), &json!(1)), "{run}");
    assert_eq!(by.known("p007")["id"], seven["id"]);
    assert_eq!(by.known("p007")["displayName"], "Person Seven");
    assert_eq!(by.known("p0eight")["id"], eight["id"]);
    assert_eq!(by.known("p009")["disabled"], true);
    assert_eq!(by.known("p010")["email"], "ten@example.org");
    // Active Directory keeps the names of members up to date by itself.
    let staff = by.members("Staff").expect("Staff");
    assert!(staff.contains(&"p007".to_owned()) && staff.contains(&"p0eight".to_owned()));
    samba.modify(&format!(
        "dn: CN=Person 9,{USERS}\nchangetype: add\nobjectClass: user\nsAMAccountName: p009\n\
         mail: p9@example.org\n"
    ));
    let run = by.synced();
    assert_eq!(by.conflicts(&run), ["p009: usernameTaken"], "a new GUID is a new person");
}

/// Whoever belongs to a group directly or through another one, by Active Directory's own rule.
fn is_seen_through_its_groups(by: &Syncing) {
    let rule = "1.2.840.113556.1.4.1941";
    let filter = format!("(&(objectClass=user)(memberOf:{rule}:=CN=Everybody,{USERS}))");
    by.set(&json!({ "ldapUserSearchFilter": filter, "ldapMaxRemovedPercent": "100" }));
    let run = by.preview();
    assert_eq!((&run["state"], &run["users"]["read"]), (&json!("planned"), &json!(29)), "{run}");
}

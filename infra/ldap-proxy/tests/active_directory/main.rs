//! The proxy beside a real Active Directory, by Samba. Only root can start one: `cargo xtask test unit`
//! does where it can.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

use std::fmt::Write;

use directory::people::{digests, everything};
use directory::{Proxy, Samba};
use ldap_proxy_client::{Item, Scope, Search};

const PEOPLE: usize = 50;

fn ldif() -> String {
    let mut text = String::new();
    for number in 0..PEOPLE {
        let _ = write!(
            text,
            "dn: CN=Person {number},CN=Users,DC=example,DC=com\nobjectClass: user\n\
             sAMAccountName: p{number:03}\nmail: p{number}@example.com\n\n"
        );
    }
    text.push_str(
        "dn: CN=Staff,CN=Users,DC=example,DC=com\nobjectClass: group\nsAMAccountName: staff\n",
    );
    for number in 0..PEOPLE {
        let _ = writeln!(text, "member: CN=Person {number},CN=Users,DC=example,DC=com");
    }
    text
}

fn search(filter: &str) -> Search {
    Search {
        // The whole domain, to which other partitions would be referred.
        base: "dc=example,dc=com".to_owned(),
        scope: Scope::Subtree,
        filter: filter.to_owned(),
        attributes: ["sAMAccountName", "mail", "member", "memberOf"].map(str::to_owned).into(),
        unique_identifier: "objectGUID".to_owned(),
    }
}

#[tokio::test]
async fn a_domain_is_read_past_its_page_size() {
    let samba = Samba::with(&ldif());
    let proxy = Proxy::at("ldap://localhost", &Samba::settings());
    let people = search("(&(objectClass=user)(sAMAccountName=p0*))");
    let before = proxy.client().digests(&digests(people.clone(), 8)).await.unwrap();
    assert_eq!(before.entries, PEOPLE as u64);
    assert_eq!(before.problems.named, []);
    assert_eq!(before, proxy.client().digests(&digests(people.clone(), 8)).await.unwrap());
    let mut answer = proxy.client().entries(&everything(people)).await.unwrap();
    let Item::Entry(person) = answer.next().await.unwrap() else { panic!() };
    // A UUID: 36 letters, four of them hyphens.
    assert_eq!((person.id.len(), person.id.matches('-').count()), (36, 4));
    assert_eq!(person.attributes["memberOf"].len(), 1);
    let mut answer =
        proxy.client().entries(&everything(search("(sAMAccountName=staff)"))).await.unwrap();
    let Item::Entry(staff) = answer.next().await.unwrap() else { panic!() };
    assert_eq!(staff.attributes["member"].len(), PEOPLE);
    drop(samba);
}

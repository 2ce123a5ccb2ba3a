//! Values of every kind.

use std::fmt::Write;

use directory::people::{digests, everything, ldif};
use directory::{Proxy, Slapd, search};
use ldap_proxy_client::{Item, Problem, ProblemKind, Search};

use crate::{read, texts};

/// The standard alphabet with padding, by hand: the fixture trusts nobody.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let held = chunk.iter().fold(0_u32, |held, byte| held << 8 | u32::from(*byte));
        let held = held << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = LETTERS[(held >> (18 - 6 * at)) as usize & 63];
            text.push(if at > chunk.len() { '=' } else { letter.into() });
        }
    }
    text
}

fn windows(search: Search) -> Search {
    Search { unique_identifier: "objectGUID".to_owned(), ..search }
}

#[tokio::test]
async fn text_bytes_and_several_values_arrive_as_they_are() {
    let picture = [&[0xff, 0xd8, 0xff][..], &[7; 3000]].concat();
    let guid: Vec<u8> = (0xf0..=0xff).collect();
    let ldif = format!(
        "dn: cn=Doe\\, Zo\\C3\\AB \\22Z\\22 \\2B,ou=people,dc=example,dc=com\n\
         objectClass: inetOrgPerson\nobjectClass: windowsObject\ncn:: {}\nsn: Doe\nuid: zoe\n\
         mail: z@example.com\nmail: a@example.com\njpegPhoto:: {}\nobjectGUID:: {}\n",
        base64("Doe, Zoë \"Z\" +".as_bytes()),
        base64(&picture),
        base64(&guid),
    );
    let slapd = Slapd::with(&ldif);
    let proxy = Proxy::beside(&slapd, &[]);
    let mut search = windows(search());
    search.attributes.extend(["OBJECTguid", "uniqueMember"].map(str::to_owned));
    let answer = proxy.client().entries(&everything(search)).await.unwrap();
    let mut entry = read(answer).await.unwrap().0.remove(0);
    assert_eq!(entry.id, "f0f1f2f3-f4f5-f6f7-f8f9-fafbfcfdfeff");
    assert!(entry.dn.ends_with(",ou=people,dc=example,dc=com"), "{}", entry.dn);
    assert!(entry.dn.starts_with("cn=Doe\\"), "{}", entry.dn);
    assert_eq!(texts(&entry, "cn"), ["Doe, Zoë \"Z\" +"]);
    assert_eq!(texts(&entry, "mail"), ["a@example.com", "z@example.com"]);
    let mut bytes = |name| entry.attributes.get_mut(name).unwrap().remove(0).into_bytes().unwrap();
    assert_eq!(bytes("jpegPhoto"), picture);
    assert_eq!(bytes("OBJECTguid"), guid);
    assert!(!entry.attributes.contains_key("uniqueMember"));
}

#[tokio::test]
async fn a_picture_of_5_megabytes_is_left_out_by_name() {
    let picture = base64(&vec![0xff; 5 * 1024 * 1024]);
    let slapd = Slapd::with(&ldif(2));
    slapd.modify(&format!(
        "dn: uid=person1,ou=people,dc=example,dc=com\nchangetype: modify\nadd: jpegPhoto\n\
         jpegPhoto:: {picture}\n"
    ));
    let proxy = Proxy::beside(&slapd, &[]);
    let asked = proxy.client().entries(&everything(search())).await.unwrap();
    let (entries, _) = read(asked).await.unwrap();
    let person = entries.iter().find(|entry| entry.id == "person1").unwrap();
    assert_eq!(person.omitted, ["jpegPhoto"]);
    assert!(!person.attributes.contains_key("jpegPhoto"));
    assert_eq!(texts(person, "mail"), ["person1@example.com"]);
    let generous = Proxy::beside(&slapd, &[("MAX_VALUE_BYTES", "2097152")]);
    let picture = base64(&vec![0xff; 2 * 1024 * 1024]);
    slapd.modify(&format!(
        "dn: uid=person1,ou=people,dc=example,dc=com\nchangetype: modify\nreplace: jpegPhoto\n\
         jpegPhoto:: {picture}\n"
    ));
    let asked = generous.client().entries(&everything(search())).await.unwrap();
    assert!(read(asked).await.unwrap().0.iter().all(|entry| entry.omitted.is_empty()));
}

#[tokio::test]
async fn a_large_group_goes_on_over_several_lines() {
    let mut ldif =
        "dn: cn=staff,dc=example,dc=com\nobjectClass: groupOfNames\ncn: staff\n".to_owned();
    for number in 0..2_500 {
        let _ = writeln!(ldif, "member: uid=person{number},ou=people,dc=example,dc=com");
    }
    let slapd = Slapd::with(&ldif);
    let proxy = Proxy::beside(&slapd, &[]);
    let groups = Search {
        filter: "(objectClass=groupOfNames)".to_owned(),
        attributes: vec!["member".to_owned()],
        unique_identifier: "entryUUID".to_owned(),
        ..search()
    };
    let mut answer = proxy.client().entries(&everything(groups)).await.unwrap();
    let mut counts = Vec::new();
    loop {
        match answer.next().await.unwrap() {
            Item::Entry(entry) => counts.push(entry.attributes["member"].len()),
            Item::More(more) => counts.push(more.values.len()),
            Item::Same(_) => panic!(),
            Item::Complete(_) => break,
        }
    }
    assert_eq!(counts, [1000, 1000, 500]);
}

#[tokio::test]
async fn entries_that_cannot_be_told_apart_are_named() {
    let mut ldif = ldif(3);
    for (name, of) in [("a", "twin"), ("b", "twin"), ("c", "one\nemployeeNumber: x\nuid: two")] {
        let _ = write!(
            ldif,
            "dn: cn={name},ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\ncn: {name}\n\
             sn: {name}\nuid: {of}\n\n"
        );
    }
    ldif.push_str(
        "dn: cn=d,ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\ncn: d\nsn: d\n",
    );
    let slapd = Slapd::with(&ldif);
    let proxy = Proxy::beside(&slapd, &[]);
    let problems = proxy.client().digests(&digests(search(), 4)).await.unwrap().problems;
    let answer = proxy.client().entries(&everything(search())).await.unwrap();
    let (entries, end) = read(answer).await.unwrap();
    assert_eq!(end.problems, problems);
    assert_eq!((problems.missing, problems.ambiguous, problems.duplicate), (1, 1, 1));
    let named = |kind, name: &str, id: Option<&str>| {
        let dn = format!("cn={name},ou=people,dc=example,dc=com");
        problems.named.contains(&Problem { kind, dn, id: id.map(str::to_owned) })
    };
    assert!(named(ProblemKind::Missing, "d", None));
    assert!(named(ProblemKind::Ambiguous, "c", None));
    assert!(
        named(ProblemKind::Duplicate, "a", Some("twin"))
            || named(ProblemKind::Duplicate, "b", Some("twin"))
    );
    assert_eq!((end.entries, end.sent), (7, 5));
    assert_eq!(entries.iter().filter(|entry| entry.id == "twin").count(), 2);
}

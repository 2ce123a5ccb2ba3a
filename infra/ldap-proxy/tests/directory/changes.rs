//! What has changed is seen, and nothing else is sent.

use directory::people::{digests, everything, ldif};
use directory::{Proxy, Slapd, search};
use ldap_proxy_client::{Buckets, Client, Digest, EntriesRequest, Item};

use crate::{read, texts};

const BUCKETS: u16 = 64;

async fn all(client: Client<'_>) -> Vec<Digest> {
    client.digests(&digests(search(), BUCKETS)).await.unwrap().digests
}

/// The buckets whose digests differ.
fn changed(before: &[Digest], after: &[Digest]) -> Vec<u16> {
    let buckets = 0..BUCKETS;
    buckets.filter(|at| before[usize::from(*at)] != after[usize::from(*at)]).collect()
}

fn bucket(id: &str) -> u16 {
    Buckets::try_from(BUCKETS).unwrap().of(id)
}

#[tokio::test]
async fn a_change_shows_in_its_bucket_alone() {
    let slapd = Slapd::with(&ldif(300));
    let proxy = Proxy::beside(&slapd, &[]);
    let before = all(proxy.client()).await;
    assert_eq!(before, all(proxy.client()).await);
    let person = "uid=person7,ou=people,dc=example,dc=com";
    slapd.modify(&format!(
        "dn: {person}\nchangetype: modify\nadd: mail\nmail: second@example.com\n"
    ));
    let added = all(proxy.client()).await;
    assert_eq!(changed(&before, &added), [bucket("person7")]);
    slapd.modify(&format!("dn: {person}\nchangetype: modify\nreplace: sn\nsn: not asked for\n"));
    assert_eq!(added, all(proxy.client()).await);
    slapd.modify(&format!(
        "dn: {person}\nchangetype: modify\ndelete: mail\nmail: second@example.com\n"
    ));
    assert_eq!(before, all(proxy.client()).await);
    slapd.modify(&format!("dn: {person}\nchangetype: delete\n"));
    assert_eq!(changed(&before, &all(proxy.client()).await), [bucket("person7")]);
}

#[tokio::test]
async fn a_person_who_moves_stays_in_the_bucket_with_another_digest() {
    let slapd = Slapd::with(&ldif(100));
    let proxy = Proxy::beside(&slapd, &[]);
    let mut request = digests(search(), BUCKETS);
    request.search.unique_identifier = "entryUUID".to_owned();
    let before = proxy.client().digests(&request).await.unwrap().digests;
    slapd.modify(
        "dn: uid=person7,ou=people,dc=example,dc=com\nchangetype: modrdn\nnewrdn: uid=renamed\n\
         deleteoldrdn: 1\nnewsuperior: dc=example,dc=com\n",
    );
    let after = proxy.client().digests(&request).await.unwrap();
    assert_eq!(after.entries, 100);
    let changed = changed(&before, &after.digests);
    assert_eq!(changed.len(), 1);
    let request = EntriesRequest {
        search: request.search,
        buckets: request.buckets,
        wanted: [(changed[0], Vec::new())].into(),
    };
    let (entries, _) = read(proxy.client().entries(&request).await.unwrap()).await.unwrap();
    let renamed = entries.iter().find(|entry| texts(entry, "uid") == ["renamed"]).unwrap();
    assert_eq!(renamed.dn, "uid=renamed,dc=example,dc=com");
}

#[tokio::test]
async fn what_is_known_is_named_and_not_sent() {
    let slapd = Slapd::with(&ldif(300));
    let proxy = Proxy::beside(&slapd, &[]);
    let request = everything(search());
    let (entries, end) = read(proxy.client().entries(&request).await.unwrap()).await.unwrap();
    assert_eq!((end.entries, end.sent, end.same), (300, 300, 0));
    let known: Vec<Digest> = entries.iter().map(|entry| entry.digest).collect();
    assert_eq!(end.digests[&0], Digest::of_bucket(&mut known.clone()));
    slapd.modify(
        "dn: uid=person7,ou=people,dc=example,dc=com\nchangetype: modify\nreplace: mail\n\
         mail: new@example.com\n",
    );
    let request = EntriesRequest { wanted: [(0, known)].into(), ..request };
    let mut answer = proxy.client().entries(&request).await.unwrap();
    let mut sent = Vec::new();
    let end = loop {
        match answer.next().await.unwrap() {
            Item::Entry(entry) => sent.push(entry),
            Item::Same(same) => assert_ne!(same.id, "person7"),
            Item::More(_) => panic!(),
            Item::Complete(end) => break end,
        }
    };
    assert_eq!((end.entries, end.sent, end.same), (300, 1, 299));
    assert_eq!(texts(&sent[0], "mail"), ["new@example.com"]);
}

#[tokio::test]
async fn only_wanted_buckets_are_sent() {
    let slapd = Slapd::with(&ldif(300));
    let proxy = Proxy::beside(&slapd, &[]);
    let buckets = Buckets::try_from(BUCKETS).unwrap();
    let wanted = bucket("person7");
    let request =
        EntriesRequest { search: search(), buckets, wanted: [(wanted, Vec::new())].into() };
    let (entries, end) = read(proxy.client().entries(&request).await.unwrap()).await.unwrap();
    assert_eq!(end.entries, 300);
    assert!(entries.iter().all(|entry| buckets.of(&entry.id) == wanted));
    assert!(entries.iter().any(|entry| entry.id == "person7"));
    assert_eq!(end.digests[&wanted], all(proxy.client()).await[usize::from(wanted)]);
}

#[tokio::test]
async fn a_search_without_entries_is_answered_like_any_other() {
    let slapd = Slapd::with("");
    let proxy = Proxy::beside(&slapd, &[]);
    let answer = proxy.client().digests(&digests(search(), 2)).await.unwrap();
    assert_eq!((answer.entries, answer.complete), (0, true));
    assert_eq!(answer.digests, [Digest::of_bucket(&mut []); 2]);
    let (entries, end) =
        read(proxy.client().entries(&everything(search())).await.unwrap()).await.unwrap();
    assert_eq!((entries.len(), end.entries), (0, 0));
}

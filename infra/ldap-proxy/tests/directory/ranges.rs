//! What only Active Directory and broken directories do, by a directory that does it on purpose.

use directory::people::{digests, everything};
use directory::{Proxy, search};
use ldap_proxy_client::{ClientError, Code, Failure, Item, Search, Stage};

use crate::fake::{Reply, directory};
use crate::{read, texts};

const GROUP: &str = "cn=staff,dc=example,dc=com";

fn members() -> Search {
    let attributes = vec!["cn".to_owned(), "member".to_owned()];
    Search { attributes, unique_identifier: "cn".to_owned(), ..search() }
}

fn values(range: std::ops::Range<u32>) -> Vec<Vec<u8>> {
    range.map(|number| format!("uid={number:05}").into_bytes()).collect()
}

/// 4,000 members, 1,500 at a time.
fn group(asked: &[String]) -> Vec<Reply> {
    let from = asked.iter().find_map(|name| name.strip_prefix("member;range="));
    let from: u32 = from.map_or(0, |range| range.trim_end_matches("-*").parse().unwrap());
    let (name, until) = match from {
        3000 => ("member;range=3000-*".to_owned(), 4000),
        from => (format!("member;range={from}-{}", from + 1499), from + 1500),
    };
    let attributes = vec![
        ("cn".to_owned(), vec![b"staff".to_vec()]),
        ("member".to_owned(), Vec::new()),
        (name, values(from..until)),
    ];
    vec![Reply::Entry(GROUP, attributes), Reply::Done(0)]
}

#[tokio::test]
async fn ranges_of_values_are_followed_to_their_end() {
    let proxy = Proxy::at(&directory(group), &[]);
    let (entries, end) =
        read(proxy.client().entries(&everything(members())).await.unwrap()).await.unwrap();
    let found = texts(&entries[0], "member");
    assert_eq!((end.sent, found.len()), (1, 4000));
    assert!(found.is_sorted());
    assert_eq!(texts(&entries[0], "cn"), ["staff"]);
    let asked = proxy.client().digests(&digests(members(), 1)).await.unwrap();
    assert_eq!(asked.digests[0], end.digests[&0]);
}

fn ann(last: fn() -> Reply) -> impl Fn(&[String]) -> Vec<Reply> {
    move |_| {
        let ann = vec![("uid".to_owned(), vec![b"ann".to_vec()])];
        vec![Reply::Entry("uid=ann", ann), last(), Reply::Done(0)]
    }
}

async fn failure(proxy: &Proxy) -> Failure {
    match proxy.client().digests(&digests(search(), 1)).await.unwrap_err() {
        ClientError::Directory { stage: Stage::Search, failure } => failure,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_search_that_goes_on_elsewhere_is_not_whole_unless_that_is_wanted() {
    let url = directory(ann(|| Reply::Reference));
    assert_eq!(failure(&Proxy::at(&url, &[])).await.code, Code::Referral);
    let proxy = Proxy::at(&url, &[("REFERENCES", "ignore")]);
    assert_eq!(proxy.client().digests(&digests(search(), 1)).await.unwrap().entries, 1);
}

#[tokio::test]
async fn whatever_stops_the_directory_is_named() {
    for (result, code) in [
        (3, Code::TimeLimit),
        (4, Code::SizeLimit),
        (10, Code::Referral),
        (11, Code::SizeLimit),
        (50, Code::Refused),
        (51, Code::DirectoryBusy),
    ] {
        let proxy = Proxy::at(&directory(move |_| vec![Reply::Done(result)]), &[]);
        let failure = failure(&proxy).await;
        assert_eq!(failure.code, code);
        assert_eq!(failure.ldap_result_code.map(i64::from), Some(result));
        assert!(failure.error.ends_with(": says the fake"), "{}", failure.error);
    }
    for (last, code) in [(|| Reply::HangUp) as fn() -> Reply, || Reply::Nonsense]
        .into_iter()
        .zip([Code::Unreachable, Code::Malformed])
    {
        let proxy = Proxy::at(&directory(ann(last)), &[]);
        assert_eq!(failure(&proxy).await.code, code);
        // The next search is answered as if nothing had happened.
        assert_eq!(failure(&proxy).await.code, code);
    }
}

#[tokio::test]
async fn a_directory_that_fails_later_leaves_the_answer_without_an_end() {
    let script = |asked: &[String]| {
        let goes_on = asked.iter().any(|name| name.contains("range="));
        if goes_on { vec![Reply::Done(52)] } else { group(asked) }
    };
    let proxy = Proxy::at(&directory(script), &[]);
    let mut answer = proxy.client().entries(&everything(members())).await.unwrap();
    let failed = answer.next().await.unwrap_err();
    assert!(matches!(failed, ClientError::Directory { failure, .. }
        if failure.code == Code::DirectoryBusy));
    assert!(matches!(answer.next().await, Err(ClientError::Protocol(_))));
    // The digests have begun by then, and their status is out.
    let failed = proxy.client().digests(&digests(members(), 1)).await.unwrap_err();
    assert!(matches!(failed, ClientError::Directory { failure, .. }
        if failure.code == Code::DirectoryBusy));
}

#[tokio::test]
async fn a_directory_without_pages_is_read_all_the_same() {
    let proxy = Proxy::at(&directory(ann(|| Reply::Done(0))), &[]);
    let mut answer = proxy.client().entries(&everything(search())).await.unwrap();
    assert!(matches!(answer.next().await.unwrap(), Item::Entry(entry) if entry.id == "ann"));
    assert!(matches!(answer.next().await.unwrap(), Item::Complete(end) if end.entries == 1));
}

//! The directory's limits: paging gets past them, or the answer is known not to be whole.

use directory::people::{digests, everything, ldif};
use directory::{Proxy, Slapd, search};
use ldap_proxy_client::{ClientError, Code, Item, Stage};

use crate::read;

#[tokio::test]
async fn paging_reads_past_a_size_limit() {
    let slapd = Slapd::with(&ldif(2_100));
    for page in ["500", "1000", "7"] {
        let proxy = Proxy::beside(&slapd, &[("PAGE_SIZE", page)]);
        let answer = proxy.client().digests(&digests(search(), 1)).await.unwrap();
        assert_eq!(answer.entries, 2_100, "{page}");
    }
}

#[tokio::test]
async fn an_answer_that_the_directory_stops_has_no_end() {
    let slapd = Slapd::limited(&ldif(501), 500);
    let proxy = Proxy::beside(&slapd, &[("PAGE_SIZE", "50")]);
    let failed = proxy.client().digests(&digests(search(), 1)).await.unwrap_err();
    let is_limit = |error: &ClientError| {
        matches!(error, ClientError::Directory { stage: Stage::Search, failure }
            if failure.code == Code::SizeLimit && failure.ldap_result_code == Some(4))
    };
    assert!(is_limit(&failed), "{failed:?}");
    let mut answer = proxy.client().entries(&everything(search())).await.unwrap();
    let mut read = 0;
    let failed = loop {
        match answer.next().await {
            Ok(Item::Entry(_)) => read += 1,
            Ok(other) => panic!("{other:?}"),
            Err(error) => break error,
        }
    };
    assert!(is_limit(&failed), "{failed:?}");
    assert!(read >= 400, "{read}");
}

#[tokio::test]
async fn exactly_as_many_entries_as_the_limit_are_read() {
    let slapd = Slapd::limited(&ldif(500), 500);
    let proxy = Proxy::beside(&slapd, &[("PAGE_SIZE", "50")]);
    let answer = proxy.client().entries(&everything(search())).await.unwrap();
    assert_eq!(read(answer).await.unwrap().1.entries, 500);
}

//! Answers as they may arrive: in pieces, cut, broken off, made up.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{FutureExt, StreamExt, stream};
use ldap_proxy_client::{
    Buckets, Chunks, Client, ClientError, Code, Digests, DigestsRequest, EntriesRequest, Item,
    LONGEST_LINE, Scope, Search, Stage, Transport, TransportError,
};

const ENTRY: &str = r#"{"entry":{"id":"ann","dn":"uid=ann","digest":"47DEQpj8HBSa-_TImW-5JA","attributes":{"cn":["Ann"]}}}"#;
const MORE: &str = r#"{"more":{"id":"ann","attribute":"cn","values":[{"base64":"/w=="}]}}"#;
const SAME: &str = r#"{"same":{"id":"bob","digest":"47DEQpj8HBSa-_TImW-5JA"}}"#;
const NONE: &str = r#"{"missing":0,"ambiguous":0,"duplicate":0,"named":[]}"#;

fn end(sent: u64, same: u64) -> String {
    format!(
        r#"{{"end":{{"entries":9,"sent":{sent},"same":{same},"digests":{{}},"problems":{NONE}}}}}"#
    )
}

/// Answers with this status and these pieces; `None` is a connection that breaks.
struct Canned(u16, Vec<Option<String>>);

#[async_trait]
impl Transport for Canned {
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Chunks>, TransportError> {
        assert_eq!(request.headers()["authorization"], "Bearer secret");
        assert!(request.headers()["authorization"].is_sensitive());
        let broken = || TransportError("broken".to_owned());
        let pieces = self.1.clone().into_iter();
        let pieces = pieces.map(move |piece| piece.map(Bytes::from).ok_or_else(broken));
        let response = http::Response::builder().status(self.0);
        Ok(response.body(stream::iter(pieces).boxed()).unwrap())
    }
}

fn search() -> Search {
    Search {
        base: "dc=example".to_owned(),
        scope: Scope::Subtree,
        filter: "(uid=*)".to_owned(),
        attributes: Vec::new(),
        unique_identifier: "uid".to_owned(),
    }
}

/// Which items an answer has, and how it ends.
fn read(status: u16, pieces: &[Option<&str>]) -> (Vec<&'static str>, Result<(), ClientError>) {
    let canned = Canned(status, pieces.iter().map(|piece| piece.map(str::to_owned)).collect());
    let buckets = Buckets::try_from(1).unwrap();
    let request = EntriesRequest { search: search(), buckets, wanted: [(0, Vec::new())].into() };
    let client = Client::new(&canned, "https://proxy/", "secret");
    let mut items = Vec::new();
    let mut answer = match client.entries(&request).now_or_never().unwrap() {
        Ok(answer) => answer,
        Err(error) => return (items, Err(error)),
    };
    loop {
        match answer.next().now_or_never().unwrap() {
            Ok(Item::Entry(_)) => items.push("entry"),
            Ok(Item::More(_)) => items.push("more"),
            Ok(Item::Same(_)) => items.push("same"),
            Ok(Item::Complete(_)) => return (items, Ok(())),
            Err(error) => return (items, Err(error)),
        }
    }
}

#[test]
fn a_whole_answer_is_read_in_whatever_pieces_it_comes() {
    let whole = ["", ENTRY, "", "", MORE, SAME, &end(1, 1), ""].join("\n");
    for size in [1, 7, 64, whole.len()] {
        let pieces: Vec<Option<&str>> =
            whole.as_bytes().chunks(size).map(|piece| std::str::from_utf8(piece).ok()).collect();
        let (items, result) = read(200, &pieces);
        assert_eq!(items, ["entry", "more", "same"], "{size}");
        result.unwrap();
    }
}

#[test]
fn an_answer_without_its_end_is_cut_wherever_it_stops() {
    let whole = [ENTRY, MORE, SAME, &end(1, 1), ""].join("\n");
    for length in 0..whole.len() {
        for pieces in [&[Some(&whole[..length])][..], &[Some(&whole[..length]), None]] {
            assert!(matches!(read(200, pieces).1, Err(ClientError::Cut)), "{length}");
        }
    }
}

#[test]
fn a_directory_that_fails_in_the_middle_is_told_apart() {
    let line =
        r#"{"error":{"error":"stopped","code":"size_limit","stage":"search","ldapResultCode":4}}"#;
    let (items, result) = read(200, &[Some(ENTRY), Some("\n"), Some(line), Some("\n")]);
    assert_eq!(items, ["entry"]);
    let Err(ClientError::Directory { stage, failure }) = result else { panic!("{result:?}") };
    assert_eq!((stage, failure.code), (Stage::Search, Code::SizeLimit));
    assert_eq!(failure.ldap_result_code, Some(4));
}

#[test]
fn an_answer_that_contradicts_itself_is_none() {
    for lines in [
        [ENTRY, &end(2, 0)].join("\n"),
        [SAME, &end(0, 0)].join("\n"),
        [MORE, &end(0, 0)].join("\n"),
        [SAME, MORE, &end(0, 1)].join("\n"),
        [&end(0, 0), SAME].join("\n"),
        "<html>".to_owned(),
        r#"{"entry":{"id":"ann"}}"#.to_owned(),
    ] {
        let result = read(200, &[Some(&lines), Some("\n")]).1;
        assert!(matches!(result, Err(ClientError::Protocol(_))), "{lines}: {result:?}");
    }
}

#[test]
fn a_line_without_end_is_not_read_for_ever() {
    let piece = "x".repeat(LONGEST_LINE / 2 + 1);
    let result = read(200, &[Some(&piece), Some(&piece), Some(&piece)]).1;
    assert!(matches!(result, Err(ClientError::TooLong)));
}

#[test]
fn every_refusal_has_its_own_name() {
    let refused = r#"{"error":"no","code":"a_later_code"}"#;
    assert!(matches!(read(401, &[]).1, Err(ClientError::Unauthorized)));
    assert!(matches!(read(503, &[]).1, Err(ClientError::Busy)));
    assert!(matches!(read(403, &[Some(refused)]).1, Err(ClientError::Refused(failure))
        if failure.code == Code::Unknown));
    // What stands before a proxy that is down says so in its own words.
    for status in [502, 504, 522, 530] {
        assert!(matches!(read(status, &[Some("<html>")]).1, Err(ClientError::Transport(_))));
    }
    assert!(matches!(read(404, &[Some("<html>")]).1, Err(ClientError::Protocol(_))));
}

/// The digests that an answer in these pieces has.
fn digests(pieces: &[Option<&str>]) -> Result<Digests, ClientError> {
    let canned = Canned(200, pieces.iter().map(|piece| piece.map(str::to_owned)).collect());
    let client = Client::new(&canned, "https://proxy", "secret");
    let request = DigestsRequest { search: search(), buckets: Buckets::try_from(1).unwrap() };
    client.digests(&request).now_or_never().unwrap()
}

fn body(digests: &str, complete: bool) -> String {
    format!(r#"{{"entries":0,"digests":{digests},"problems":{NONE},"complete":{complete}}}"#)
}

#[test]
fn digests_may_take_their_time_and_fail_late() {
    let whole = body(r#"["47DEQpj8HBSa-_TImW-5JA"]"#, true);
    assert!(digests(&[Some("\n"), Some("\n"), Some(&whole)]).is_ok());
    let failed = r#"{"error":"gone","code":"unreachable","stage":"search"}"#;
    let Err(ClientError::Directory { stage, failure }) = digests(&[Some("\n"), Some(failed)])
    else {
        panic!("a directory that failed")
    };
    assert_eq!((stage, failure.code), (Stage::Search, Code::Unreachable));
    assert!(matches!(digests(&[Some("\n")]), Err(ClientError::Protocol(_))));
    assert!(matches!(digests(&[Some("\n"), None]), Err(ClientError::Cut)));
}

#[test]
fn digests_that_were_not_asked_for_are_none() {
    let answer = |of: &str, complete: bool| digests(&[Some(&body(of, complete))]);
    assert!(answer(r#"["47DEQpj8HBSa-_TImW-5JA"]"#, true).is_ok());
    for (digests, complete) in
        [("[]", true), (r#"["47DEQpj8HBSa-_TImW-5JA"]"#, false), (r#"["x"]"#, true)]
    {
        assert!(matches!(answer(digests, complete), Err(ClientError::Protocol(_))));
    }
}

//! What breaks in the middle.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use directory::people::{digests, everything, ldif};
use directory::{Proxy, SECRET, Slapd, search};
use ldap_proxy_client::{ClientError, Code, Entries, Item, Stage};
use tokio::time::timeout;

use crate::read;

/// People of 20 KB each: more than sockets hold.
fn heavy(count: usize) -> String {
    let name = "x".repeat(20_000);
    (0..count).fold(String::new(), |mut text, number| {
        let _ = write!(
            text,
            "dn: uid=person{number},ou=people,dc=example,dc=com\nobjectClass: inetOrgPerson\n\
             uid: person{number}\ncn: {name}\nsn: x\n\n"
        );
        text
    })
}

async fn first(proxy: &Proxy) -> Entries {
    let mut answer = proxy.client().entries(&everything(search())).await.unwrap();
    assert!(matches!(answer.next().await.unwrap(), Item::Entry(_)));
    answer
}

#[tokio::test]
async fn a_directory_that_dies_in_the_middle_leaves_no_end() {
    let mut slapd = Slapd::with(&heavy(1_500));
    let proxy = Proxy::beside(&slapd, &[("PAGE_SIZE", "20")]);
    let answer = first(&proxy).await;
    slapd.kill();
    match read_on(answer).await {
        Err(ClientError::Directory { stage: Stage::Search, failure }) => {
            assert_eq!(failure.code, Code::Unreachable);
        }
        other => panic!("{other:?}"),
    }
}

/// Counts what still comes.
async fn read_on(mut answer: Entries) -> Result<u64, ClientError> {
    loop {
        if let Item::Complete(end) = answer.next().await? {
            return Ok(end.sent);
        }
    }
}

#[tokio::test]
async fn a_proxy_that_dies_in_the_middle_leaves_a_cut_answer() {
    let slapd = Slapd::with(&heavy(1_500));
    let proxy = Proxy::beside(&slapd, &[]);
    let answer = first(&proxy).await;
    proxy.signal("-KILL");
    assert!(matches!(read_on(answer).await, Err(ClientError::Cut)));
}

#[tokio::test]
async fn a_proxy_that_is_told_to_stop_finishes_its_answer() {
    let slapd = Slapd::with(&heavy(400));
    let mut proxy = Proxy::beside(&slapd, &[]);
    let answer = first(&proxy).await;
    proxy.signal("-TERM");
    assert_eq!(read_on(answer).await.unwrap(), 400);
    assert!(proxy.wait());
    let refused = proxy.client().digests(&digests(search(), 1)).await;
    assert!(matches!(refused, Err(ClientError::Transport(_))));
}

/// A request whose answer nobody reads.
fn unread(proxy: &Proxy) -> TcpStream {
    let body = serde_json::to_string(&everything(search())).unwrap();
    let mut stream = TcpStream::connect(("127.0.0.1", proxy.port)).unwrap();
    write!(
        stream,
        "POST /v1/entries HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {SECRET}\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .unwrap();
    let mut byte = [0];
    stream.read_exact(&mut byte).unwrap();
    stream
}

#[tokio::test]
async fn a_reader_that_goes_away_frees_the_turn() {
    let slapd = Slapd::with(&heavy(1_500));
    let proxy = Proxy::beside(&slapd, &[]);
    let reader = unread(&proxy);
    let request = digests(search(), 1);
    let asked = timeout(Duration::from_millis(300), waiting(&proxy)).await;
    assert!(asked.is_err(), "two searches of one base ran at once");
    drop(reader);
    assert_eq!(proxy.client().digests(&request).await.unwrap().entries, 1_500);
}

/// The client of these tests blocks, so it waits on a thread.
async fn waiting(proxy: &Proxy) {
    let port = proxy.port;
    let body = serde_json::to_string(&digests(search(), 1)).unwrap();
    let _ = tokio::task::spawn_blocking(move || {
        let url = format!("http://127.0.0.1:{port}/v1/digests");
        let bearer = format!("Bearer {SECRET}");
        directory::transport::agent().post(url).header("authorization", bearer).send(body)
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clients_at_once_both_read_everything() {
    let slapd = Slapd::with(&ldif(1_200));
    let proxy = std::sync::Arc::new(Proxy::beside(&slapd, &[]));
    let clients = [(); 2].map(|()| {
        let proxy = std::sync::Arc::clone(&proxy);
        tokio::spawn(async move {
            let asked = proxy.client().entries(&everything(search())).await.unwrap();
            read(asked).await.unwrap().1
        })
    });
    let [one, two] = clients;
    let (one, two) = (one.await.unwrap(), two.await.unwrap());
    assert_eq!(one, two);
    assert_eq!(one.sent, 1_200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sixth_search_of_a_base_is_told_to_come_again() {
    let slapd = Slapd::with(&heavy(1_500));
    let proxy = Proxy::beside(&slapd, &[]);
    let reader = unread(&proxy);
    let mut waiting: Vec<TcpStream> = Vec::new();
    for _ in 0..4 {
        let body = serde_json::to_string(&digests(search(), 1)).unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", proxy.port)).unwrap();
        let head =
            format!("POST /v1/digests HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {SECRET}");
        write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).unwrap();
        waiting.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    let refused = proxy.client().digests(&digests(search(), 1)).await;
    assert!(matches!(refused, Err(ClientError::Busy)), "{refused:?}");
    drop((reader, waiting));
    for _ in 0..100 {
        if proxy.client().digests(&digests(search(), 1)).await.is_ok() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("those that went away kept their places");
}

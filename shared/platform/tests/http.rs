//! Requests over the native adapter, to servers that do as they are told.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on must fail loudly")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

use futures_util::StreamExt as _;
use http::{Request, Response};
use postern_platform::native::NativeHttp;
use postern_platform::{Chunks, Http as _, HttpError};

/// Where somebody holds one connection so, once the request's head is there.
fn server(hold: impl FnOnce(&mut TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = stream.read(&mut [0; 4096]).unwrap();
        hold(&mut stream);
    });
    format!("http://{address}/")
}

async fn get(url: &str) -> Result<Response<Chunks>, HttpError> {
    let request = Request::get(url).body(Vec::new()).unwrap();
    NativeHttp::trusting([]).send(request, 500).await
}

const HEAD: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n";

#[tokio::test]
async fn a_chunk_is_there_before_the_next_one_is_sent() {
    let (go_on, wait): (_, Receiver<()>) = channel();
    let url = server(move |stream| {
        stream.write_all(HEAD).unwrap();
        stream.write_all(b"one").unwrap();
        wait.recv().unwrap();
        stream.write_all(b"two").unwrap();
    });
    let mut body = get(&url).await.unwrap().into_body();
    assert_eq!(body.next().await.unwrap().unwrap(), "one");
    go_on.send(()).unwrap();
    assert_eq!(body.next().await.unwrap().unwrap(), "two");
    assert!(body.next().await.is_none());
}

#[tokio::test]
async fn a_server_that_is_silent_or_stops_in_the_middle_times_out() {
    let (_kept, silence): (_, Receiver<()>) = channel();
    let url = server(move |_| {
        let _ = silence.recv();
    });
    assert!(matches!(get(&url).await, Err(HttpError::TimedOut)));
    let (_kept, silence): (_, Receiver<()>) = channel();
    let url = server(move |stream| {
        stream.write_all(HEAD).unwrap();
        let _ = silence.recv();
    });
    let mut body = get(&url).await.unwrap().into_body();
    assert!(matches!(body.next().await, Some(Err(HttpError::TimedOut))));
    assert!(body.next().await.is_none());
}

#[tokio::test]
async fn an_answer_that_is_cut_is_lost_and_not_shorter() {
    let url = server(|stream| {
        stream.write_all(HEAD).unwrap();
        stream.write_all(b"one").unwrap();
    });
    let mut body = get(&url).await.unwrap().into_body();
    assert_eq!(body.next().await.unwrap().unwrap(), "one");
    assert!(matches!(body.next().await, Some(Err(HttpError::Lost(_)))));
    let url = server(|_| ());
    assert!(matches!(get(&url).await, Err(HttpError::Lost(_))));
}

#[tokio::test]
async fn where_nobody_listens_nothing_is_sent() {
    for url in ["http://127.0.0.1:1/", "http://no-such-host.invalid/"] {
        assert!(matches!(get(url).await, Err(HttpError::Unreachable(_))), "{url}");
    }
}

#[tokio::test]
async fn a_redirect_is_a_reply_and_is_not_followed() {
    let url = server(|stream| {
        let head =
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n";
        stream.write_all(head).unwrap();
    });
    let reply = get(&url).await.unwrap();
    assert_eq!(reply.status(), 302);
    assert!(reply.into_body().next().await.is_none());
}

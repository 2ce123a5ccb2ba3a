//! Answers that are given while the directory is still read.

use std::convert::Infallible;
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::{self, Stream};
use http::StatusCode;
use tokio::sync::mpsc::Receiver;
use tokio::time::timeout;

use super::reply::typed;

/// How long nothing is said. Tunnels give up on those who are silent for some 100 seconds.
const SILENCE: Duration = Duration::from_secs(20);

/// How often in a row nothing but that is said: 4 minutes. Then the answer is cut, and whoever asked for it
/// may ask again before somebody else takes their work over.
const PATIENCE: u32 = 12;

/// Answers with the pieces as they come, as lines of JSON: a type that proxies pass on at once.
pub(super) fn streamed(pieces: Receiver<Bytes>) -> Response {
    let body = Body::from_stream(spoken(pieces));
    typed(StatusCode::OK, "application/x-ndjson", body)
}

/// The pieces, and an empty line wherever none comes for a while: before JSON, and between lines of it, that
/// is nothing.
fn spoken(pieces: Receiver<Bytes>) -> impl Stream<Item = Result<Bytes, Infallible>> {
    stream::unfold((pieces, 0), |(mut pieces, silent)| async move {
        match timeout(SILENCE, pieces.recv()).await {
            Ok(piece) => Some((Ok(piece?), (pieces, 0))),
            Err(_) if silent < PATIENCE => {
                Some((Ok(Bytes::from_static(b"\n")), (pieces, silent + 1)))
            }
            Err(_) => {
                tracing::warn!("the directory takes too long, so the answer is cut");
                None
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt;
    use tokio::sync::mpsc;
    use tokio::time::sleep;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_in_vain_is_let_go_and_so_is_the_search() {
        let (writer, reader) = mpsc::channel(1);
        let said = tokio::spawn(spoken(reader).count());
        writer.closed().await;
        assert_eq!(said.await.expect("counted"), 12);
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_hears_something() {
        let (writer, reader) = mpsc::channel(1);
        tokio::spawn(async move {
            sleep(Duration::from_secs(70)).await;
            let _ = writer.send(Bytes::from_static(b"{}")).await;
            sleep(Duration::from_secs(1)).await;
            let _ = writer.send(Bytes::from_static(b"{}")).await;
        });
        let said: Vec<Bytes> = spoken(reader).filter_map(async |piece| piece.ok()).collect().await;
        assert_eq!(said, ["\n", "\n", "\n", "{}", "{}"]);
    }
}

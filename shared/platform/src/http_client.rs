use std::fmt;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::BoxStream;

use crate::Detail;

/// A body as it arrives. It is over for good after an error.
pub type Chunks = BoxStream<'static, Result<Bytes, HttpError>>;

/// Requests to servers elsewhere, over HTTP.
#[async_trait]
pub trait Http: Send + Sync {
    /// Sends `request`, whose URI is absolute, and gives the reply as soon as its head is there.
    /// Redirects are replies like others. What the runtime does not let pass is not sent.
    ///
    /// The head must come within `timeout_ms`, and so must each chunk once it is asked for.
    ///
    /// # Errors
    /// See [`HttpError`]. A status is none, whatever it says.
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
        timeout_ms: u32,
    ) -> Result<http::Response<Chunks>, HttpError>;
}

/// Why there is no reply, or not all of it.
#[derive(Debug)]
pub enum HttpError {
    /// Nobody answers there, not with a certificate that stands, or the runtime may not go there.
    Unreachable(Detail),
    /// No answer, or no more of it, in time. The server may have acted on the request.
    TimedOut,
    /// The connection is gone, or what came is no HTTP. The server may have acted on the request.
    Lost(Detail),
}

impl fmt::Display for HttpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(detail) => write!(f, "the server is not reachable: {detail}"),
            Self::TimedOut => f.write_str("no answer in time"),
            Self::Lost(detail) => write!(f, "the connection was lost: {detail}"),
        }
    }
}

impl std::error::Error for HttpError {}

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::BoxStream;

/// A body as it arrives.
pub type Chunks = BoxStream<'static, Result<Bytes, TransportError>>;

/// Sends a request to the proxy. The one thing this crate cannot do itself.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends `request`, whose address is absolute, and gives the answer as soon as its head is there.
    /// The `Authorization` header is marked as sensitive; it must not be logged.
    ///
    /// # Errors
    /// When there is no answer. A body that breaks off is an error of its stream.
    async fn send(
        &self,
        request: http::Request<Vec<u8>>,
    ) -> Result<http::Response<Chunks>, TransportError>;
}

/// No answer, and what is known of why. For the log.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct TransportError(pub String);

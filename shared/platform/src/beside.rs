use async_trait::async_trait;
use http::StatusCode;

use crate::HttpError;

/// A function that is deployed beside this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Neighbour {
    /// Pictures of people.
    Pictures,
}

/// Asks functions beside this one, by the routes that no front door leads to.
#[async_trait]
pub trait Beside: Send + Sync {
    /// Sends `body` by POST to `path` of `neighbour`, and gives the status of its reply.
    ///
    /// # Errors
    /// When it is not there or does not answer in time; it may have acted all the same. A status is
    /// none, whatever it says.
    async fn post(
        &self,
        neighbour: Neighbour,
        path: &str,
        body: Vec<u8>,
    ) -> Result<StatusCode, HttpError>;
}

/// How long a neighbour may take.
#[cfg(target_family = "wasm")]
pub(crate) const PATIENCE_MS: u32 = 30_000;

use futures_util::StreamExt;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::answer::Digests;
use crate::entries::Entries;
use crate::error::ClientError;
use crate::failure::Failure;
use crate::request::{DigestsRequest, EntriesRequest};
use crate::transport::{Chunks, Transport, TransportError};
use crate::{DIGESTS_PATH, ENTRIES_PATH};

/// The longest answer that is not read line by line: 4,096 digests and a hundred problems.
const LONGEST_ANSWER: usize = 1024 * 1024;

/// A proxy, by its address and the secret it asks for.
#[derive(Clone, Copy)]
pub struct Client<'a> {
    transport: &'a dyn Transport,
    url: &'a str,
    secret: &'a str,
}

impl<'a> Client<'a> {
    /// The proxy at `url` (`https://ldap-proxy.example.com`, without a path).
    pub fn new(transport: &'a dyn Transport, url: &'a str, secret: &'a str) -> Self {
        Self { transport, url: url.trim_end_matches('/'), secret }
    }

    /// The digest of every bucket.
    ///
    /// # Errors
    /// When the search was not read to its end; see [`ClientError`].
    pub async fn digests(&self, request: &DigestsRequest) -> Result<Digests, ClientError> {
        let body = whole(self.send(DIGESTS_PATH, request).await?).await?;
        let digests: Digests = match serde_json::from_slice(&body) {
            Ok(digests) => digests,
            // The directory failed after the answer had begun.
            Err(_) => return Err(refusal(StatusCode::OK, &body)),
        };
        if !digests.complete || digests.digests.len() != usize::from(request.buckets.count()) {
            return Err(ClientError::Protocol("not the digests that were asked for"));
        }
        Ok(digests)
    }

    /// The entries of the wanted buckets, to be read item by item.
    ///
    /// # Errors
    /// When the proxy or the directory refuses at once; later failures are the reader's.
    pub async fn entries(&self, request: &EntriesRequest) -> Result<Entries, ClientError> {
        Ok(Entries::new(self.send(ENTRIES_PATH, request).await?))
    }

    async fn send<T: Serialize>(&self, path: &str, body: &T) -> Result<Chunks, ClientError> {
        let response = self.transport.send(self.request(path, body)?).await?;
        let (head, chunks) = response.into_parts();
        match head.status {
            StatusCode::OK => Ok(chunks),
            StatusCode::UNAUTHORIZED => Err(ClientError::Unauthorized),
            StatusCode::SERVICE_UNAVAILABLE => Err(ClientError::Busy),
            status => Err(refusal(status, &whole(chunks).await?)),
        }
    }

    fn request<T: Serialize>(
        &self,
        path: &str,
        body: &T,
    ) -> Result<http::Request<Vec<u8>>, ClientError> {
        let body = serde_json::to_vec(body).map_err(|_| ClientError::Protocol("no JSON"))?;
        // A secret that cannot stand in a header is not the proxy's.
        let mut bearer = HeaderValue::try_from(format!("Bearer {}", self.secret))
            .map_err(|_| ClientError::Unauthorized)?;
        bearer.set_sensitive(true);
        http::Request::post(format!("{}{path}", self.url))
            .header(header::AUTHORIZATION, bearer)
            .header(header::CONTENT_TYPE, "application/json")
            .body(body)
            .map_err(|_| ClientError::Protocol("the address is none"))
    }
}

fn refusal(status: StatusCode, body: &[u8]) -> ClientError {
    match serde_json::from_slice::<Failure>(body) {
        Ok(failure) => failure.into(),
        // A tunnel or a gateway answers in place of a proxy that is down.
        Err(_) if status.is_server_error() => TransportError(format!("status {status}")).into(),
        Err(_) => ClientError::Protocol("no answer of the proxy"),
    }
}

async fn whole(mut chunks: Chunks) -> Result<Vec<u8>, ClientError> {
    let mut body = Vec::new();
    while let Some(chunk) = chunks.next().await {
        body.extend_from_slice(&chunk.map_err(|_| ClientError::Cut)?);
        if body.len() > LONGEST_ANSWER {
            return Err(ClientError::TooLong);
        }
    }
    Ok(body)
}

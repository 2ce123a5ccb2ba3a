use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use http::StatusCode;
use platform::{Beside, HttpError, Neighbour};
use tower::ServiceExt as _;

/// The functions beside one, asked in this process.
pub(crate) struct InProcess(pub(crate) Router);

#[async_trait]
impl Beside for InProcess {
    async fn post(&self, _: Neighbour, path: &str, body: Vec<u8>) -> Result<StatusCode, HttpError> {
        let request = http::Request::post(path).body(Body::from(body)).expect("a request");
        match self.0.clone().oneshot(request).await {
            Ok(reply) => Ok(reply.status()),
            Err(error) => match error {},
        }
    }
}

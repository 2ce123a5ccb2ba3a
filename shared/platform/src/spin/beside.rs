use async_trait::async_trait;
use http::{Request, StatusCode};

use super::http::WasiHttp;
use crate::beside::PATIENCE_MS;
use crate::{Beside, Detail, Http as _, HttpError, Neighbour};

/// The other components, asked in process.
pub(super) struct Components;

#[async_trait]
impl Beside for Components {
    async fn post(
        &self,
        neighbour: Neighbour,
        path: &str,
        body: Vec<u8>,
    ) -> Result<StatusCode, HttpError> {
        let component = match neighbour {
            Neighbour::Pictures => "pictures",
        };
        let request = Request::post(format!("http://{component}.spin.internal{path}")).body(body);
        let request = request.map_err(|error| HttpError::Unreachable(Detail::new(error)))?;
        Ok(WasiHttp.send(request, PATIENCE_MS).await?.status())
    }
}

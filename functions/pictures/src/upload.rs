use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use domain::Violation;
use http_api::Problem;
use utoipa::ToSchema;

use crate::multipart;

/// Largest file.
const MAX_FILE_BYTES: usize = 5_000_000;

/// Largest body that is kept: the file and the form around it.
const MAX_BODY_BYTES: usize = MAX_FILE_BYTES + 16_000;

/// Largest body that is read to its end for the sake of the answer.
const MAX_PASSED_OVER: usize = 20_000_000;

const FIELD: &str = "file";

/// A form with a file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "described here, read by `multipart`")]
pub(crate) struct UploadBody {
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// The file in a form's field `file`. Its name and declared type are the client's word and not
/// looked at.
pub(crate) async fn file(request: Request) -> Result<Bytes, Problem> {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let Some(boundary) = content_type.and_then(multipart::boundary).map(str::to_owned) else {
        let problem = no_form("Content-Type must be multipart/form-data");
        return Err(unread(request, problem).await);
    };
    let body = Bytes::from(read(request.into_body(), MAX_BODY_BYTES).await?);
    let file = multipart::field(&body, &boundary, FIELD)
        .map_err(|_| no_form("The form could not be read"))?
        .ok_or((FIELD, Violation::Required))?;
    if file.len() > MAX_FILE_BYTES { Err(too_large()) } else { Ok(body.slice_ref(file)) }
}

/// The body as it is, of at most so many bytes as a file.
pub(crate) async fn whole(request: Request) -> Result<Vec<u8>, Problem> {
    read(request.into_body(), MAX_FILE_BYTES).await
}

/// Passes over the body of a request that is refused for another reason, and gives that reason.
pub(crate) async fn unread(request: Request, reason: Problem) -> Problem {
    let _ = read(request.into_body(), 0).await;
    reason
}

/// The body, if it is at most so long. A longer one is read to its end and not kept, within reason:
/// a server that leaves a body unread has to close the connection, and a client that is still
/// sending then sees that instead of the answer.
async fn read(mut body: Body, most: usize) -> Result<Vec<u8>, Problem> {
    let (mut kept, mut length) = (Vec::new(), 0);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        let frame = frame.map_err(|_| no_form("The body could not be read"))?;
        let data = frame.data_ref().map(AsRef::as_ref).unwrap_or_default();
        length += data.len();
        match length {
            _ if length <= most => kept.extend_from_slice(data),
            _ if length <= MAX_PASSED_OVER => kept = Vec::new(),
            _ => break,
        }
    }
    if length <= most { Ok(kept) } else { Err(too_large()) }
}

fn too_large() -> Problem {
    Problem::FileTooLarge { max: MAX_FILE_BYTES }
}

fn no_form(expected: &str) -> Problem {
    Problem::InvalidRequestBody { field: String::new(), expected: expected.to_owned() }
}

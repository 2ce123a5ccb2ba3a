use std::future::poll_fn;
use std::pin::Pin;

use axum::body::{Bytes, HttpBody as _};
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest as _, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use domain::Violation;
use http_api::Problem;

use crate::multipart;

/// Largest file.
const MAX_FILE_BYTES: usize = 5_000_000;

/// Largest body: the file and the form around it.
pub(crate) const MAX_BODY_BYTES: usize = MAX_FILE_BYTES + 16_000;

const FIELD: &str = "file";

/// The file in a form's field `file`. Its name and declared type are the client's word and not
/// looked at.
pub(crate) async fn file(request: Request) -> Result<Bytes, Problem> {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let Some(boundary) = content_type.and_then(multipart::boundary).map(str::to_owned) else {
        let problem = no_form("Content-Type must be multipart/form-data");
        return Err(unread(request, problem).await);
    };
    let body = Bytes::from_request(request, &()).await.map_err(|error| refused(&error))?;
    let file = multipart::field(&body, &boundary, FIELD)
        .map_err(|_| no_form("The form could not be read"))?
        .ok_or((FIELD, Violation::Required))?;
    if file.len() > MAX_FILE_BYTES {
        return Err(too_large());
    }
    Ok(body.slice_ref(file))
}

/// Passes over the body of a request that is refused for another reason, and gives that reason. A
/// server that leaves a body unread has to close the connection, which the client may be about to
/// use again.
pub(crate) async fn unread(request: Request, reason: Problem) -> Problem {
    let (mut body, mut left) = (request.into_body(), MAX_BODY_BYTES);
    while let Some(Ok(frame)) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        match left.checked_sub(frame.data_ref().map_or(0, Bytes::len)) {
            Some(rest) => left = rest,
            None => break,
        }
    }
    reason
}

fn refused(error: &BytesRejection) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        too_large()
    } else {
        no_form("The body could not be read")
    }
}

fn too_large() -> Problem {
    Problem::FileTooLarge { max: MAX_FILE_BYTES }
}

fn no_form(expected: &str) -> Problem {
    Problem::InvalidRequestBody { field: String::new(), expected: expected.to_owned() }
}

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use crate::Problem;
use crate::routes::App;

/// A JSON request body. Unknown fields are passed over; a wrong type is refused with the field's
/// path.
pub struct Json<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(invalid("", "Content-Type must be application/json"));
        }
        let body =
            Bytes::from_request(request, app).await.map_err(|rejection| unread(&rejection))?;
        let mut deserializer = serde_json::Deserializer::from_slice(&body);
        let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            let path = error.path().to_string();
            let field = if path == "." { String::new() } else { path };
            invalid(&field, &error.inner().to_string())
        })?;
        deserializer.end().map_err(|error| invalid("", &error.to_string()))?;
        Ok(Self(value))
    }
}

/// `application/json` or `application/*+json`, with any parameters.
fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = value.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn unread(rejection: &BytesRejection) -> Problem {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::RequestBodyTooLarge
    } else {
        invalid("", "The body could not be read")
    }
}

fn invalid(field: &str, expected: &str) -> Problem {
    Problem::InvalidRequestBody { field: field.to_owned(), expected: expected.to_owned() }
}

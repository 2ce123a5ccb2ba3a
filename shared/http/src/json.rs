use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, OptionalFromRequest, Request};
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
        let (is_json, body) = read(request, app).await?;
        parse(is_json, &body).map(Self)
    }
}

/// A body that may be left out: nothing at all, of whatever type.
impl<T: DeserializeOwned> OptionalFromRequest<App> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Option<Self>, Problem> {
        let (is_json, body) = read(request, app).await?;
        if body.is_empty() {
            Ok(None)
        } else {
            parse(is_json, &body).map(|value| Some(Self(value)))
        }
    }
}

/// The body, and whether it says that it is JSON.
async fn read(request: Request, app: &App) -> Result<(bool, Bytes), Problem> {
    let is_json = is_json(request.headers());
    let body = Bytes::from_request(request, app).await.map_err(|rejection| unread(&rejection))?;
    Ok((is_json, body))
}

fn parse<T: DeserializeOwned>(is_json: bool, body: &[u8]) -> Result<T, Problem> {
    if !is_json {
        return Err(invalid("", "Content-Type must be application/json"));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let field = if path == "." { String::new() } else { path };
        invalid(&field, &error.inner().to_string())
    })?;
    deserializer.end().map_err(|error| invalid("", &error.to_string()))?;
    Ok(value)
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

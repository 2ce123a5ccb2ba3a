use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use http_api::Call;

/// For how long others than this browser, now, may show a picture again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keep {
    /// It is not for everybody.
    Never,
    /// Its address may show another one soon.
    ForMinutes,
    /// Its address names it by its hash.
    ForGood,
}

impl Keep {
    fn cache_control(self) -> Option<&'static str> {
        match self {
            Self::Never => None,
            Self::ForMinutes => Some("public, max-age=900, stale-while-revalidate=3600"),
            Self::ForGood => Some("public, max-age=31536000, immutable"),
        }
    }
}

/// A picture about to be served.
pub(crate) struct Served<'a> {
    /// What it is.
    pub(crate) content_type: &'a str,
    /// What tells it from any other.
    pub(crate) hash: &'a str,
    /// For how long.
    pub(crate) keep: Keep,
}

impl Served<'_> {
    /// 200 with the picture.
    pub(crate) fn with(&self, bytes: Vec<u8>) -> Response {
        let kind = [(header::CONTENT_TYPE, self.content_type)];
        self.noted((kind, Body::from(bytes)).into_response())
    }

    /// 304 without it, if the client has it already.
    pub(crate) fn unless_changed(&self, call: &Call) -> Option<Response> {
        let known = call.header(&header::IF_NONE_MATCH)?.split(',').any(|tag| {
            let tag = tag.trim();
            tag == "*" || tag.trim_start_matches("W/").trim_matches('"') == self.hash
        });
        known.then(|| self.noted(StatusCode::NOT_MODIFIED.into_response()))
    }

    fn noted(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if let Ok(tag) = format!("\"{}\"", self.hash).parse() {
            headers.insert(header::ETAG, tag);
        }
        if let Some(keep) = self.keep.cache_control() {
            headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static(keep));
        }
        response
    }
}

/// Whether a query has this parameter, with or without a value.
pub(crate) fn has(query: Option<&str>, name: &str) -> bool {
    value(query, name).is_some()
}

/// A parameter's value as it stands in the query.
pub(crate) fn value<'a>(query: Option<&'a str>, name: &str) -> Option<&'a str> {
    let mut pairs = query.unwrap_or_default().split('&');
    pairs.find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key == name).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_found_with_and_without_a_value() {
        assert!(has(Some("skipCache"), "skipCache"));
        assert!(has(Some("a=b&skipCache=1"), "skipCache"));
        assert!(!has(Some("skipcache=1&x=skipCache"), "skipCache"));
        assert!(!has(None, "skipCache"));
        assert_eq!(value(Some("light=false"), "light"), Some("false"));
    }
}

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;

/// The file that Cloudflare's static assets read, too.
const RULES: &str = include_str!("../../pages/public/_headers");

/// Adds what `_headers` says about `path`.
///
/// Of that format it knows what the file uses: comments, a pattern that may end in `*`, headers
/// below it, and `! Name`, which takes back what an earlier pattern added.
pub(super) fn add(path: &str, response: &mut Response) {
    let mut applies = false;
    for line in RULES.lines().filter(|line| !line.starts_with('#')) {
        if !line.starts_with(' ') {
            applies = matches(line, path);
        } else if applies {
            apply(line.trim(), response);
        }
    }
}

fn matches(pattern: &str, path: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == path, |prefix| path.starts_with(prefix))
}

fn apply(rule: &str, response: &mut Response) {
    if let Some(name) = rule.strip_prefix("! ") {
        response.headers_mut().remove(name);
    } else if let Some((name, value)) = rule.split_once(": ")
        && let Ok(name) = HeaderName::from_bytes(name.as_bytes())
        && let Ok(value) = HeaderValue::from_str(value)
    {
        response.headers_mut().insert(name, value);
    }
}

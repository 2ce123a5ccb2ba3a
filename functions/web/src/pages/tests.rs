use axum::body::Body;

use super::*;

/// A build with a page, a script and its compressed form.
struct Build;

impl Files for Build {
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let content: &[u8] = match path {
            "index.html" => b"<html>",
            "assets/a-1.js" => b"let a",
            "assets/a-1.js.br" => b"brotli",
            "_headers" => b"no page's business",
            _ => return None,
        };
        Some(content.to_vec())
    }
}

fn get(path: &str, headers: &[(&str, &str)]) -> Response {
    let request = headers
        .iter()
        .fold(Request::get(path), |request, (name, value)| request.header(*name, *value));
    answer(&Build, &request.body(Body::empty()).unwrap())
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[test]
fn a_path_without_an_extension_is_a_page() {
    for path in ["/", "/login", "/users/42", "/lc/abc_-/"] {
        let response = get(path, &[]);
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert_eq!(header(&response, "content-type"), "text/html; charset=utf-8");
        assert_eq!(header(&response, "cache-control"), "no-cache");
        assert!(header(&response, "content-security-policy").contains("default-src 'self'"));
    }
}

#[test]
fn an_asset_is_kept_for_a_year() {
    let response = get("/assets/a-1.js", &[]);
    assert_eq!(header(&response, "content-type"), "text/javascript; charset=utf-8");
    assert_eq!(header(&response, "cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(header(&response, "x-content-type-options"), "nosniff");
    assert_eq!(header(&response, "content-encoding"), "");
}

#[test]
fn a_file_that_is_not_there_or_not_ours_is_not_found() {
    for path in [
        "/assets/b.js",
        "/_headers",
        "/.env",
        "/../secret.txt",
        "/assets/../../secret.txt",
        "/assets/%2e%2e/secret.txt",
        "//etc/passwd.txt",
        "/assets/./a-1.js",
    ] {
        assert_eq!(get(path, &[]).status(), StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn a_compressed_form_goes_to_whoever_takes_it() {
    let encoding = |offer| {
        let response = get("/assets/a-1.js", &[("accept-encoding", offer)]);
        header(&response, "content-encoding").to_owned()
    };
    assert_eq!(encoding("gzip, deflate, br"), "br");
    assert_eq!(encoding("gzip"), "");
    assert_eq!(encoding("br;q=0, gzip"), "");
    assert_eq!(encoding("br;q=0.5"), "br");
}

#[test]
fn a_known_content_is_not_sent_again() {
    let tag = header(&get("/", &[]), "etag").to_owned();
    let again = get("/", &[("if-none-match", &format!("W/{tag}, \"other\""))]);
    assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(get("/", &[("if-none-match", "\"other\"")]).status(), StatusCode::OK);
}

#[test]
fn nothing_but_reading_is_allowed() {
    let request = Request::post("/login").body(Body::empty()).unwrap();
    let response = answer(&Build, &request);
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(header(&response, "allow"), "GET, HEAD");
}

use worker::js_sys::Reflect;
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{Request, RequestInit};
use worker::{Env, worker_sys};

use super::panics;
use crate::Destination;

/// Hands the request, unread, to the binding that `destination_for(path)` names and returns its
/// response unchanged. Called by the entry macro alone.
///
/// # Errors
/// When the binding is missing or the other function does not answer; Workers then answers 500.
pub async fn forward(
    request: Request,
    env: Env,
    destination_for: fn(&str) -> Destination,
) -> Result<JsValue, JsValue> {
    panics::install();
    let Destination { binding: name, path } = destination_for(path_of(&request.url()));
    let binding = Reflect::get(&env, &JsValue::from_str(name))?;
    if binding.is_undefined() {
        return Err(JsValue::from_str(&format!("this Worker has no binding called {name}")));
    }
    let function = binding.unchecked_into::<worker_sys::Fetcher>();
    let request = match path {
        Some(path) => with_path(&request, path)?,
        None => request,
    };
    JsFuture::from(function.fetch(&request)?).await
}

/// The same request without its body, for another path of the same origin.
fn with_path(request: &Request, path: &str) -> Result<Request, JsValue> {
    let url = request.url();
    let origin = url.strip_suffix(rest_of(&url)).unwrap_or(&url);
    let init = RequestInit::new();
    init.set_method(&request.method());
    init.set_headers(&request.headers());
    Request::new_with_str_and_init(&format!("{origin}{path}"), &init)
}

/// The path of an absolute URL.
fn path_of(url: &str) -> &str {
    rest_of(url).split(['?', '#']).next().filter(|path| !path.is_empty()).unwrap_or("/")
}

/// What follows the origin of an absolute URL.
fn rest_of(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    after_scheme.find('/').map_or("", |start| &after_scheme[start..])
}

use worker::js_sys::Reflect;
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::Request;
use worker::{Env, worker_sys};

use super::panics;

/// Hands the request, unchanged and unread, to the function bound under `binding_for(path)` and
/// returns its response unchanged. Called by the entry macro alone.
///
/// # Errors
/// When the binding is missing or the other function does not answer; Workers then answers 500.
pub async fn forward(
    request: Request,
    env: Env,
    binding_for: fn(&str) -> &'static str,
) -> Result<JsValue, JsValue> {
    panics::install();
    let name = binding_for(path_of(&request.url()));
    let binding = Reflect::get(&env, &JsValue::from_str(name))?;
    if binding.is_undefined() {
        return Err(JsValue::from_str(&format!("this Worker has no binding called {name}")));
    }
    let function = binding.unchecked_into::<worker_sys::Fetcher>();
    JsFuture::from(function.fetch(&request)?).await
}

/// The path of an absolute URL.
fn path_of(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = after_scheme.find('/').map_or("/", |start| &after_scheme[start..]);
    path.split(['?', '#']).next().unwrap_or(path)
}

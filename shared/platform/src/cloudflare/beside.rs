use async_trait::async_trait;
use axum::http::StatusCode;
use worker::Env;
use worker::js_sys::{Reflect, Uint8Array};
use worker::send::SendFuture;
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::web_sys::{Request, RequestInit, Response};
use worker::worker_sys::Fetcher;

use super::d1::message_of;
use super::fetch_error::classify;
use super::within::within;
use crate::beside::PATIENCE_MS;
use crate::{Beside, Detail, HttpError, Neighbour};

/// The functions that are bound to this one as services.
pub(super) struct Services(pub(super) Env);

#[async_trait]
impl Beside for Services {
    async fn post(
        &self,
        neighbour: Neighbour,
        path: &str,
        body: Vec<u8>,
    ) -> Result<StatusCode, HttpError> {
        let binding = match neighbour {
            Neighbour::Pictures => "PICTURES",
        };
        SendFuture::new(post(&self.0, binding, path, body)).await
    }
}

async fn post(env: &Env, name: &str, path: &str, body: Vec<u8>) -> Result<StatusCode, HttpError> {
    let fault = |thrown: JsValue| classify(&message_of(&thrown));
    let binding = Reflect::get(env, &JsValue::from_str(name)).map_err(fault)?;
    if binding.is_undefined() {
        let missing = format!("this Worker has no binding called {name}");
        return Err(HttpError::Unreachable(Detail::new(missing)));
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&Uint8Array::from(body.as_slice()));
    // The host is no address; the binding alone decides who is asked.
    let url = format!("https://beside.internal{path}");
    let request = Request::new_with_str_and_init(&url, &init).map_err(fault)?;
    let promise = binding.unchecked_into::<Fetcher>().fetch(&request).map_err(fault)?;
    let reply = within(PATIENCE_MS, JsFuture::from(promise)).await.ok_or(HttpError::TimedOut)?;
    let reply: Response = reply.map_err(fault)?.unchecked_into();
    // A reply that nobody reads holds one of the few that may be open at once.
    if let Some(body) = reply.body() {
        let _ = body.cancel();
    }
    StatusCode::from_u16(reply.status()).map_err(|error| HttpError::Lost(Detail::new(error)))
}

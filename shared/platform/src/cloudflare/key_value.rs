use async_trait::async_trait;
use worker::Env;
use worker::js_sys::{Function, Promise, Reflect, Uint8Array};
use worker::send::SendFuture;
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;

use crate::{Detail, KeyValue, KeyValueError};

/// The KV namespace bound as `KV`.
///
/// Called by hand, because `worker`'s wrapper brings a decoder of JavaScript values that nothing
/// else here needs.
pub(super) struct Namespace(pub(super) Env);

const BINDING: &str = "KV";

#[async_trait]
impl KeyValue for Namespace {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, KeyValueError> {
        let kind = JsValue::from_str("arrayBuffer");
        SendFuture::new(async {
            let value = self.call("get", key, &kind).await.map_err(|thrown| fault(&thrown))?;
            Ok((!value.is_null()).then(|| Uint8Array::new(&value).to_vec()))
        })
        .await
    }

    async fn put(&self, key: &str, value: &[u8]) -> Result<(), KeyValueError> {
        let value: JsValue = Uint8Array::from(value).into();
        SendFuture::new(async {
            self.call("put", key, &value).await.map(drop).map_err(|thrown| fault(&thrown))
        })
        .await
    }

    async fn delete(&self, key: &str) -> Result<(), KeyValueError> {
        let nothing = JsValue::UNDEFINED;
        SendFuture::new(async {
            self.call("delete", key, &nothing).await.map(drop).map_err(|thrown| fault(&thrown))
        })
        .await
    }
}

impl Namespace {
    async fn call(&self, method: &str, key: &str, second: &JsValue) -> Result<JsValue, JsValue> {
        let namespace = Reflect::get(&self.0, &JsValue::from_str(BINDING))?;
        if namespace.is_undefined() {
            return Err(JsValue::from_str("this Worker has no KV binding called KV"));
        }
        let method = Reflect::get(&namespace, &JsValue::from_str(method))?;
        let method = method.unchecked_into::<Function>();
        let promise = method.call2(&namespace, &JsValue::from_str(key), second)?;
        JsFuture::from(promise.unchecked_into::<Promise>()).await
    }
}

fn fault(thrown: &JsValue) -> KeyValueError {
    KeyValueError(Detail::new(super::d1::message_of(thrown)))
}

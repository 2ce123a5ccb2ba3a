use async_trait::async_trait;
use worker::js_sys::{Array, JSON, Promise, Reflect, Uint8Array};
use worker::send::SendFuture;
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
use worker::worker_sys::D1Database;
use worker::{Env, console_log};

use super::{error, integers, reply};
use crate::{Database, DatabaseError, Detail, Outcome, Statement, Value};

/// The D1 database bound as `DB`. D1's `batch` is one transaction and one round trip.
pub(super) struct D1(pub(super) Env);

const BINDING: &str = "DB";

#[async_trait]
impl Database for D1 {
    async fn batch(&self, statements: Vec<Statement>) -> Result<Vec<Outcome>, DatabaseError> {
        if statements.is_empty() {
            return Ok(Vec::new());
        }
        SendFuture::new(self.trip(&statements)).await
    }
}

impl D1 {
    async fn trip(&self, statements: &[Statement]) -> Result<Vec<Outcome>, DatabaseError> {
        let promise = self.send(statements).map_err(|thrown| fault(&thrown))?;
        let results = JsFuture::from(promise).await.map_err(|thrown| fault(&thrown))?;
        let json = JSON::stringify(&results).map_err(|thrown| fault(&thrown))?;
        reply::outcomes(&String::from(json), statements.len())
    }

    fn send(&self, statements: &[Statement]) -> Result<Promise, JsValue> {
        let database = Reflect::get(&self.0, &JsValue::from_str(BINDING))?;
        if database.is_undefined() {
            return Err(JsValue::from_str("this Worker has no D1 binding called DB"));
        }
        let database = database.unchecked_into::<D1Database>();
        let prepared = Array::new_with_length(0);
        for statement in statements {
            let values = statement.parameters.iter().map(bound).collect::<Array>();
            prepared.push(&database.prepare(&integers::cast(statement))?.bind(values)?.into());
        }
        database.batch(prepared)
    }
}

#[expect(clippy::cast_precision_loss, reason = "Value::Integer stays below 2^53")]
fn bound(value: &Value) -> JsValue {
    match value {
        Value::Null => JsValue::NULL,
        Value::Integer(integer) => JsValue::from_f64(*integer as f64),
        Value::Real(real) => JsValue::from_f64(*real),
        Value::Text(text) => JsValue::from_str(text),
        Value::Blob(bytes) => Uint8Array::from(bytes.as_slice()).into(),
    }
}

fn fault(thrown: &JsValue) -> DatabaseError {
    let message = message_of(thrown);
    let fault = error::classify(&message);
    if matches!(fault, DatabaseError::Busy) {
        // `Busy` carries no detail; the operator still gets D1's words.
        console_log!("{}", DatabaseError::Unavailable(Detail::new(&message)));
    }
    fault
}

pub(super) fn message_of(thrown: &JsValue) -> String {
    let property = Reflect::get(thrown, &JsValue::from_str("message"));
    let message = property.ok().and_then(|message| message.as_string());
    message.or_else(|| thrown.as_string()).unwrap_or_else(|| format!("{thrown:?}"))
}

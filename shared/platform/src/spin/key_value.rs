use async_trait::async_trait;
use spin_sdk::key_value::{Error, Store};

use crate::{Detail, KeyValue, KeyValueError};

/// The component's `default` key-value store.
pub(super) struct SpinKeyValue;

#[async_trait]
impl KeyValue for SpinKeyValue {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, KeyValueError> {
        let store = Store::open_default().await.map_err(fault)?;
        store.get(key).await.map_err(fault)
    }

    async fn put(&self, key: &str, value: &[u8]) -> Result<(), KeyValueError> {
        let store = Store::open_default().await.map_err(fault)?;
        store.set(key, value).await.map_err(fault)
    }

    async fn delete(&self, key: &str) -> Result<(), KeyValueError> {
        let store = Store::open_default().await.map_err(fault)?;
        store.delete(key).await.map_err(fault)
    }
}

fn fault(error: Error) -> KeyValueError {
    KeyValueError(Detail::new(error))
}

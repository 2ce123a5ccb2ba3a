use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use platform::native::MemoryKeyValue;
use platform::{Detail, KeyValue, KeyValueError};

/// What a key-value store may do to every call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyValueFault {
    /// It cannot be reached.
    Unreachable,
    /// It can be read, and takes nothing.
    ReadOnly,
    /// It forgets: whatever was put is not there (yet).
    Forgetful,
    /// It takes its time.
    Slow,
}

/// A store in memory that fails while it is told to.
#[derive(Default)]
pub struct FaultyKeyValue {
    inner: MemoryKeyValue,
    fault: Mutex<Option<KeyValueFault>>,
}

impl FaultyKeyValue {
    /// From now on every call suffers `fault`; none: it works again.
    pub fn fail(&self, fault: impl Into<Option<KeyValueFault>>) {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault.into();
    }

    /// Whether the call may go on to what is there.
    async fn passes(&self, writes: bool) -> Result<bool, KeyValueError> {
        let fault = *self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        match fault {
            Some(KeyValueFault::Unreachable) => Err(lost()),
            Some(KeyValueFault::ReadOnly) if writes => Err(lost()),
            Some(KeyValueFault::Forgetful) => Ok(writes),
            Some(KeyValueFault::Slow) => {
                tokio::time::sleep(Duration::from_millis(300)).await;
                Ok(true)
            }
            _ => Ok(true),
        }
    }
}

fn lost() -> KeyValueError {
    KeyValueError(Detail::new("secret-looking detail of the store"))
}

#[async_trait]
impl KeyValue for FaultyKeyValue {
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, KeyValueError> {
        if self.passes(false).await? { self.inner.get(key).await } else { Ok(None) }
    }

    async fn put(&self, key: &str, value: &[u8]) -> Result<(), KeyValueError> {
        self.passes(true).await?;
        self.inner.put(key, value).await
    }

    async fn delete(&self, key: &str) -> Result<(), KeyValueError> {
        self.passes(true).await?;
        self.inner.delete(key).await
    }
}

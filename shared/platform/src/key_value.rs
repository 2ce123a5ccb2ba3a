use async_trait::async_trait;

use crate::Detail;

/// What may be a minute old: pictures, the public configuration snapshot. Never challenges, tokens,
/// sessions or counters, because a write may take so long to be seen everywhere.
#[async_trait]
pub trait KeyValue: Send + Sync {
    /// The value last put under `key`, if there is one.
    ///
    /// # Errors
    /// When the store cannot be reached.
    async fn get(&self, key: &str) -> Result<Option<Vec<u8>>, KeyValueError>;

    /// Puts `value` (at most 1 MB) under `key` (at most 255 bytes), in place of what was there.
    ///
    /// # Errors
    /// When the store cannot be reached or takes no more; it is then not known which value stands.
    async fn put(&self, key: &str, value: &[u8]) -> Result<(), KeyValueError>;

    /// Takes `key` away; no error if it is not there.
    ///
    /// # Errors
    /// As [`KeyValue::put`].
    async fn delete(&self, key: &str) -> Result<(), KeyValueError>;
}

/// The key-value store failed. For the log, never for clients.
#[derive(Debug)]
pub struct KeyValueError(pub Detail);

impl std::fmt::Display for KeyValueError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the key-value store is unavailable: {:?}", self.0)
    }
}

impl std::error::Error for KeyValueError {}

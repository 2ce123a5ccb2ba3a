use serde::{Deserialize, Deserializer};

/// Reads a flag that SQLite's JSON functions write as 0 or 1.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(u8::deserialize(deserializer)? != 0)
}
